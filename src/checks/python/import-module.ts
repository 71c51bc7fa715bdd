import { posix } from 'node:path'
import type { PythonModule } from '../../inspect/python/python-file.ts'
import type { FailureCause } from './import-result.ts'
import { catcher, type ImportRun, isThrown, type Outcome, raise } from './import-run.ts'
import { loadExtension } from './load-extension.ts'
import { bind, type ModuleState, moduleState } from './module-state.ts'
import { refuseCache } from './numba-cache.ts'
import { runSteps } from './run-steps.ts'
import { ALWAYS_LOADED, isBuiltIn, isStandard } from './standard-library.ts'

/** `import a.b.c`: every package on the way, then the module. */
export function importModule(run: ImportRun, name: string): Outcome {
  for (const part of run.world.wayTo(name)) {
    if (run.modules.has(part)) continue
    const outcome = importOne(run, part)
    if (outcome !== undefined) return outcome
  }
  return undefined
}

/** The last part of a name, below what was imported before. */
export function importOne(run: ImportRun, name: string): Outcome {
  if (run.modules.has(name)) return undefined
  const failed = run.failed.get(name)
  if (failed !== undefined) return raise(run, failed.exception, failed.cause) ?? granted(run, name)
  const dot = name.lastIndexOf('.')
  const parent = dot === -1 ? undefined : run.modules.get(name.slice(0, dot))
  const short = name.slice(dot + 1)
  const outcome = parent === undefined ? topLevel(run, name) : below(run, parent, name, short)
  if (outcome === undefined && parent !== undefined) bind(parent, short, 'thing')
  return outcome
}

function topLevel(run: ImportRun, name: string): Outcome {
  const { interpreter } = run.world
  if (ALWAYS_LOADED.has(name)) return granted(run, name)
  const outcome = search(run, name, name, interpreter.path)
  if (outcome !== 'not-found') return outcome
  const has = interpreter.standardLibrary === undefined ? isStandard : isBuiltIn
  if (has(name, interpreter.minor)) return granted(run, name)
  const beside = besideAsker(run)
  // What it was told to find its libraries by is not followed.
  if (beside.length > 0 && run.world.files.find(name, beside) !== undefined) return granted(run, name)
  const folders = [...interpreter.path, ...beside]
  // Who is prepared for its absence mostly meets it; what is required is not brought along.
  const isElsewhere =
    run.hasMorePath &&
    !run.world.lacks(name) &&
    catcher(run, 'ModuleNotFoundError') === undefined &&
    run.world.files.passedOver(name, folders).length === 0
  return isElsewhere ? granted(run, name) : missing(run, name, name, folders)
}

/** Where paths are added it is mostly the folder of who adds one: `sys.path.append(os.path.dirname(__file__))`. */
function besideAsker({ hasMorePath, chain }: ImportRun): readonly string[] {
  const path = chain.at(-1)?.path
  return hasMorePath && path !== undefined ? [posix.dirname(path)] : []
}

function below(run: ImportRun, parent: ModuleState, name: string, short: string): Outcome {
  // Of what is compiled or unread nobody knows what it holds.
  if (parent.folders === undefined) {
    if (parent.path === undefined || parent.isOpen) return granted(run, name)
    return missing(run, name, short, [])
  }
  const outcome = search(run, name, short, parent.folders)
  if (outcome !== 'not-found') return outcome
  if (parent.isOpen && run.world.files.passedOver(short, parent.folders).length === 0) return granted(run, name)
  return missing(run, name, short, parent.folders)
}

function search(run: ImportRun, name: string, short: string, folders: readonly string[]): Outcome | 'not-found' {
  const found = run.world.files.find(short, folders)
  if (found === undefined) return 'not-found'
  if (found.kind === 'extension') return loadExtension(run, name, found.path, found.folders)
  if (found.kind === 'namespace') {
    // Type stubs of a compiled module that is not there: the folder can be imported, and who imports it can do nothing with it.
    const { files } = run.world
    if (run.chain.length > 0 && files.below(found.folders).length === 0 && files.passedOver(short, folders).length > 0)
      return 'not-found'
    run.modules.set(name, moduleState(name, { folders: found.folders, isOpen: false }))
    return undefined
  }
  const source = run.world.sources.get(found.path)
  const state = moduleState(name, {
    path: found.path,
    ...(found.folders === undefined ? {} : { folders: found.folders }),
    isOpen: source?.dynamic === true,
  })
  run.modules.set(name, state)
  if (source?.extendsPath === true) run.hasMorePath = true
  const outcome =
    source === undefined
      ? undefined
      : (refuseSyntax(run, name, source) ?? runSteps(run, state, source.steps) ?? refuseCache(run, name, source))
  if (!isThrown(outcome)) return undefined
  run.modules.delete(name)
  run.failed.set(name, outcome.failure)
  return outcome
}

/** `SyntaxError`, before any of it runs. */
function refuseSyntax(run: ImportRun, module: string, { path, syntax }: PythonModule): Outcome {
  if (syntax === undefined || syntax.minor <= run.world.interpreter.minor) return undefined
  const { minor, line, what } = syntax
  run.chain.push({ path, line })
  const outcome = raise(run, 'SyntaxError', { kind: 'newer-syntax', module, what, by: { made: 'newer', minor } })
  run.chain.pop()
  return outcome
}

function missing(run: ImportRun, name: string, short: string, folders: readonly string[]): Outcome {
  const files = run.world.files.passedOver(short, folders)
  const cause: FailureCause =
    files.length === 0 ? { kind: 'absent', module: name } : { kind: 'passed-over', module: name, files }
  const thrown = raise(run, 'ModuleNotFoundError', cause)
  if (thrown === undefined) return granted(run, name)
  run.failed.set(name, thrown.failure)
  return thrown
}

/** Taken to be there, whatever it holds. */
function granted(run: ImportRun, name: string): undefined {
  run.modules.set(name, moduleState(name, { isOpen: true }))
  return undefined
}
