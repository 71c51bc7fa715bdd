import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { CommandFailed, run } from '../process/command.ts'
import { debianMirror } from './package-index.ts'
import { unpackPackages } from './unpack.ts'

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * Options for apt-get that make it see only another Debian release, with its own lists and cache: the machine's
 * sources stay as they are. The index is fetched here.
 */
async function otherRelease(folders: LabFolders, release: string): Promise<string[]> {
  const mirror = await debianMirror(folders)
  if (mirror === undefined) throw new Error(`Debian ${release} can only be read on a Debian machine.`)
  const folder = join(folders.cache, `apt-${release}`)
  for (const name of ['lists/partial', 'archives/partial']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${release} main\n`)
  const options = [
    `Dir::Etc::sourcelist=${join(folder, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${folder}`,
    'APT::Sandbox::User=root',
    // A mirror that is frozen at some day outlives the time limit of its index; the signature is still checked.
    'Acquire::Check-Valid-Until=false',
  ].flatMap((option) => ['-o', option])
  await run('apt-get', [...options, 'update', '-q'])
  return options
}

/**
 * Unpacks packages of Debian's unstable release into the cache, or of the next stable one where unstable has not got
 * them in a usable form today. Returns the folder that holds their files.
 */
export async function unpackFromNewerDebian(
  folders: LabFolders,
  name: string,
  packages: readonly string[],
): Promise<string> {
  let refused: unknown
  for (const release of ['sid', 'trixie']) {
    try {
      return await unpackPackages(folders, name, packages, () => otherRelease(folders, release))
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error
      refused ??= error
    }
  }
  throw refused
}
