import { installPackages } from './debian/packages.ts'
import type { LabFolders } from './folders.ts'
import { succeeds } from './process/command.ts'

/** Makes `python3 -m pip` work, from Debian's packages where the machine has neither. */
export async function ensurePip(folders: LabFolders): Promise<void> {
  if (!(await succeeds('python3', ['-m', 'pip', '--version'])))
    await installPackages(folders, ['python3', 'python3-pip'])
}
