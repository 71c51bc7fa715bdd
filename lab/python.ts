import { installPackages } from './debian/packages.ts'
import type { LabFolders } from './folders.ts'
import { run, succeeds } from './process/command.ts'

/** Makes `python3 -m pip` work, from Debian's packages where the machine has neither. */
export async function ensurePip(folders: LabFolders): Promise<void> {
  if (!(await succeeds('python3', ['-m', 'pip', '--version'])))
    await installPackages(folders, ['python3', 'python3-pip'])
}

/**
 * Runs pip by the interpreter that `python3` stands for. Where that is pyenv's shim, it writes all shims anew after each
 * install, one at a time for the whole machine, and fails an install that went well when an earlier one was ended at that.
 * @throws CommandFailed
 */
export async function pip(argv: readonly string[]): Promise<void> {
  const python = (await run('python3', ['-c', 'import sys; print(sys.executable)'])).trim()
  // Variables, as not every command of pip takes each of these options.
  const env = { PIP_QUIET: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' }
  await run(python, ['-m', 'pip', ...argv], { env })
}
