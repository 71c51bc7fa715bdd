import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { run } from '../process/command.ts'
import { debianMirror } from './package-index.ts'
import { unpackPackages } from './unpack.ts'

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** A release of Debian, of this machine's architecture unless another one is named in Debian's words (`arm64`). */
export type OtherDebian = { readonly release: string; readonly architecture?: string }

/**
 * Options for apt-get that make it see only another Debian, with lists and cache of its own: the machine's sources stay as
 * they are. The index is fetched here.
 */
export async function otherDebian(folders: LabFolders, { release, architecture }: OtherDebian): Promise<string[]> {
  const mirror = (await debianMirror(folders)) ?? (await knownMirror(folders))
  const folder = join(folders.cache, `apt-${release}${architecture === undefined ? '' : `-${architecture}`}`)
  for (const name of ['lists/partial', 'archives/partial']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${await keyring(folders)}] ${mirror} ${release} main\n`)
  const options = [
    `Dir::Etc::sourcelist=${join(folder, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${folder}`,
    'APT::Sandbox::User=root',
    // A mirror that is frozen at some day outlives the time limit of its index; the signature is still checked.
    'Acquire::Check-Valid-Until=false',
    ...(architecture === undefined ? [] : [`APT::Architecture=${architecture}`, `APT::Architectures=${architecture}`]),
  ].flatMap((option) => ['-o', option])
  await run('apt-get', [...options, 'update', '-q'])
  return options
}

/** Debian's keys, which Ubuntu has as a package. */
async function keyring(folders: LabFolders): Promise<string> {
  if (existsSync(KEYRING)) return KEYRING
  return join(await unpackPackages(folders, 'debian-archive-keyring', ['debian-archive-keyring']), KEYRING)
}

/** The mirror that debootstrap takes when it is told none. */
async function knownMirror(folders: LabFolders): Promise<string> {
  const unpacked = await unpackPackages(folders, 'debootstrap', ['debootstrap'])
  const script = readFileSync(join(unpacked, 'usr/sbin/debootstrap'), 'utf8')
  const [, mirror] = /^DEF_MIRROR="?([^\s"]+)"?$/m.exec(script) ?? []
  if (mirror === undefined) throw new Error('debootstrap names no mirror of Debian.')
  return mirror
}
