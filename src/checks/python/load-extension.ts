import type { PythonStep } from '../../inspect/python/python-step.ts'
import { importModule } from './import-module.ts'
import { type ImportRun, isThrown, type Outcome, raise } from './import-run.ts'
import { loadNative } from './load-native.ts'
import { withoutSuffix } from './module-name.ts'
import { moduleState } from './module-state.ts'
import { askForNumpy, refuseNumpy } from './numpy-interface.ts'
import { runSteps } from './run-steps.ts'

/** A compiled module: its file, and what it imports. */
export function loadExtension(
  run: ImportRun,
  name: string,
  path: string,
  folders: readonly string[] | undefined,
): Outcome {
  const outcome = loadNative(run, path, 'ImportError')
  if (outcome !== undefined) {
    run.failed.set(name, outcome.failure)
    return outcome
  }
  run.modules.set(name, moduleState(name, { ...(folders === undefined ? {} : { folders }), isOpen: true }))
  const needed = refuseNumpy(run, path) ?? askForNumpy(run, path) ?? importCompiled(run, path)
  if (isThrown(needed)) {
    run.modules.delete(name)
    const again = run.world.isInitializedOnce(path) ? { exception: 'ImportError' } : {}
    run.failed.set(name, { ...needed.failure, ...again })
    return needed
  }
  // What cffi compiles asks for its own module as soon as it is loaded.
  return run.world.usesCffi(path) ? importModule(run, '_cffi_backend') : runSource(run, name, path)
}

/** What mypyc and Cython compile from plain Python lies beside it, and does what its source does without conditions. */
function runSource(run: ImportRun, name: string, path: string): Outcome {
  const source = run.world.sources.get(`${withoutSuffix(path)}.py`)
  const state = run.modules.get(name)
  if (source === undefined || state === undefined) return undefined
  const outcome = runSteps(run, { ...state, path: source.path }, source.steps.filter(isPlain))
  if (!isThrown(outcome)) return undefined
  run.modules.delete(name)
  run.failed.set(name, outcome.failure)
  return outcome
}

/**
 * Of Cython's own words nothing is left once they are compiled, and conditions go the other way then: the source of PyZMQ
 * raises where `cython.compiled` is false.
 */
function isPlain(step: PythonStep): boolean {
  if ('distribution' in step) return true
  const asked = 'import' in step ? step.import : 'from' in step ? step.from : undefined
  return asked !== undefined && !/^cython(?:\.|$)/.test(asked)
}

/** What a compiled module imports before anything else: the compiled form of each, whose layout it was made for. */
function importCompiled(run: ImportRun, path: string): Outcome {
  const { world } = run
  const names = world.importsOf(path)
  if (names.length === 0) return undefined
  run.chain.push({ path })
  let outcome: Outcome
  for (const name of names) {
    outcome = importModule(run, name) ?? refuseSource(run, name)
    if (outcome !== undefined) break
  }
  run.chain.pop()
  return outcome
}

/** `size changed, may indicate binary incompatibility`: the source of a module whose compiled form is not there will not do. */
function refuseSource(run: ImportRun, name: string): Outcome {
  const path = run.modules.get(name)?.path
  if (path === undefined) return undefined
  const at = path.lastIndexOf('/')
  const files = run.world.files.passedOver(withoutSuffix(path).slice(at + 1), [path.slice(0, at)])
  return files.length === 0 ? undefined : raise(run, 'ValueError', { kind: 'passed-over', module: name, files })
}
