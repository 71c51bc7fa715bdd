import { importModule } from './import-module.ts'
import type { FailureCause } from './import-result.ts'
import { type ImportRun, type Outcome, raise } from './import-run.ts'

/** What NumPy 2 does with a module that was compiled for NumPy 1. */
export function refuseNumpy(run: ImportRun, path: string): Outcome {
  const version = run.world.refusedNumpy(path)
  if (version === undefined) return undefined
  const cause: FailureCause = { kind: 'other-numpy', file: path, version }
  if (!run.world.goesOnWithoutNumpy(path)) return raise(run, 'ImportError', cause)
  run.caught.push({ exception: 'ImportError', cause, chain: [...run.chain], caught: true })
  return undefined
}

/** `numpy.core.multiarray failed to import`, of a module whose package requires NumPy: others may do without it. */
export function askForNumpy(run: ImportRun, path: string): Outcome {
  if (!run.world.asksForNumpy(path)) return undefined
  run.chain.push({ path })
  const outcome = importModule(run, 'numpy') ?? refuseRemains(run)
  run.chain.pop()
  return outcome
}

/** Folders that somebody left of NumPy can be imported, and hold no interface. */
function refuseRemains(run: ImportRun): Outcome {
  const { path, folders } = run.modules.get('numpy') ?? {}
  return path === undefined && folders !== undefined
    ? raise(run, 'ImportError', { kind: 'absent', module: 'numpy' })
    : undefined
}
