import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import { loadNative } from './import-module.ts'
import type { ImportRun, Outcome } from './import-run.ts'
import type { ModuleState } from './module-state.ts'

/** `ctypes.CDLL(…)` with the string literals that the call holds: a file near the module, or nobody can tell. */
export function openLibrary(run: ImportRun, module: ModuleState, literals: readonly string[]): Outcome {
  const name = literals.map((literal) => posix.basename(literal)).find((literal) => /\.so(?:\.\d+)*$/.test(literal))
  if (name === undefined) return undefined
  const file = nearest(run.world.libraries(name), module.path)
  return file === undefined ? undefined : loadNative(run, file.path, 'OSError')
}

/** The one that shares most folders with the module; none that shares only the installation's folder. */
function nearest(files: readonly ElfFile[], path: string | undefined): ElfFile | undefined {
  if (path === undefined) return undefined
  const folder = posix.dirname(path)
  const near = files.filter((file) => file.path.startsWith(`${folder}/`))
  return near.length === 1 ? near[0] : undefined
}
