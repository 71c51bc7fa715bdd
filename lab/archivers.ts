import { installPackages } from './debian/packages.ts'
import type { LabFolders } from './folders.ts'
import { succeeds } from './process/command.ts'

/** Makes `zip`, `unzip` (Info-ZIP) and `bsdtar` (libarchive) work, from Debian's packages where the machine lacks them. */
export async function ensureArchivers(folders: LabFolders): Promise<void> {
  const missing = await Promise.all(PROGRAMS.map(async ([program, argument]) => !(await succeeds(program, [argument]))))
  const packages = PROGRAMS.flatMap(([, , name], index) => (missing[index] === true ? [name] : []))
  if (packages.length > 0) await installPackages(folders, packages)
}

const PROGRAMS = [
  ['zip', '-v', 'zip'],
  ['unzip', '-v', 'unzip'],
  ['bsdtar', '--version', 'libarchive-tools'],
] as const
