import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run } from '../process/command.ts'
import { refreshIndex } from './package-index.ts'

const COMPLETE = '.complete'

/** Under way in this process, by name: two steps may want the same package at once. */
const unpackings = new Map<string, Promise<string>>()

/**
 * Downloads packages and unpacks them into one folder of the cache, without installing them: nothing of the machine
 * changes. `release` prepares apt-get options that select another release. Returns the folder; a finished one is reused.
 */
export function unpackPackages(
  folders: LabFolders,
  name: string,
  packages: readonly string[],
  release?: () => Promise<string[]>,
): Promise<string> {
  const folder = join(folders.cache, name)
  if (existsSync(join(folder, COMPLETE))) return Promise.resolve(folder)
  const unpacking =
    unpackings.get(folder) ?? withLock(folders, `unpacking-${name}`, () => unpack(folders, folder, packages, release))
  unpackings.set(folder, unpacking)
  return unpacking.finally(() => unpackings.delete(folder))
}

async function unpack(
  folders: LabFolders,
  folder: string,
  packages: readonly string[],
  release?: () => Promise<string[]>,
): Promise<string> {
  // Another process may have done it meanwhile.
  if (existsSync(join(folder, COMPLETE))) return folder
  const options = release === undefined ? [] : await release()
  if (release === undefined) await refreshIndex(folders)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await run('apt-get', [...options, '-o', 'APT::Sandbox::User=root', 'download', '-q', ...packages], { cwd: folder })
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(folder, file), folder])
    rmSync(join(folder, file))
  }
  writeFileSync(join(folder, COMPLETE), '')
  return folder
}
