import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import { loadNative } from './import-module.ts'
import type { ImportRun, Outcome } from './import-run.ts'
import type { ModuleState } from './module-state.ts'

/**
 * `ctypes.CDLL(…)` with the string literals that the call holds: a file near the module; without a name in the call the
 * only library that the package ships. Of anything else nobody can tell.
 */
export function openLibrary(run: ImportRun, module: ModuleState, literals: readonly string[]): Outcome {
  if (module.path === undefined) return undefined
  const name = literals.map((literal) => posix.basename(literal)).find((literal) => /\.so(?:\.\d+)*$/.test(literal))
  const file =
    name === undefined ? onlyLibrary(run, module) : below(run.world.libraries(name), posix.dirname(module.path))
  return file === undefined ? undefined : loadNative(run, file.path, 'OSError')
}

function onlyLibrary(run: ImportRun, { path = '', name }: ModuleState): ElfFile | undefined {
  // `a.b.c` lies two folders deep in its package, a package's own code one more.
  const depth = name.split('.').length - (/\/__init__\.py$/.test(path) ? 0 : 1)
  const root = path.split('/').slice(0, -Math.max(depth, 1)).join('/')
  return depth === 0 ? undefined : below(run.world.ownLibraries, root)
}

function below(files: readonly ElfFile[], folder: string): ElfFile | undefined {
  const near = files.filter((file) => file.path.startsWith(`${folder}/`))
  return near.length === 1 ? near[0] : undefined
}
