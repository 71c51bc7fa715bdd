import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from './folders.ts'
import { withLock } from './lock.ts'
import { run } from './process/command.ts'
import type { Progress } from './progress.ts'
import { ensurePip, pip } from './python.ts'

/** A folder of installed Python packages and how to use it: `python3` with this environment. */
export type PythonPackages = {
  readonly folder: string
  readonly env: { readonly PYTHONPATH: string }
}

/**
 * Packages of PyPI at exact versions (`name==version`) in a folder of the lab's cache, installed once per set and Python
 * version. Nothing is installed into the machine's Python; Python and pip themselves come from Debian when absent.
 */
export async function pythonPackages(
  name: string,
  requirements: readonly string[],
  place: { folders: LabFolders; progress: Progress },
): Promise<PythonPackages> {
  await ensurePip(place.folders)
  const version = (await run('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'])).trim()
  const pins = requirements.map((requirement) => requirement.replaceAll(/[^\w.]+/g, '-')).join('_')
  const folder = join(place.folders.cache, 'python', `${name}-py${version}-${pins}`)
  const complete = `${folder}.complete`
  await withLock(place.folders, `python-${name}`, async () => {
    if (existsSync(complete)) return
    rmSync(folder, { recursive: true, force: true })
    await place.progress.step(`installing Python packages for ${name}`, () =>
      // What is imported is compiled then; compiling everything is most of the work.
      pip(['install', '--no-compile', '--target', folder, ...requirements]),
    )
    writeFileSync(complete, '')
  })
  return { folder, env: { PYTHONPATH: folder } }
}
