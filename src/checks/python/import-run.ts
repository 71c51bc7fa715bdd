import { BREAK } from '../../inspect/python/loop-breaks.ts'
import type { ExceptBranch } from '../../inspect/python/python-step.ts'
import type { LoaderProcess } from '../../loader/load.ts'
import { isNative, reasonOf } from './failure-reason.ts'
import { DEATH, type Guard, isCaughtBy, raisedBy } from './guards.ts'
import type { FailureCause, ImportedFile, ImportFailure, ModuleImport, Place } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { evaluate, type ModuleState, type Value } from './module-state.ts'

/** One Python process while it imports. */
export type ImportRun = {
  readonly world: ImportWorld
  /** sys.modules. */
  readonly modules: Map<string, ModuleState>
  process: LoaderProcess
  /** Innermost last, over all modules that are being imported. */
  readonly guards: GuardFrame[]
  /** Statements that led here, outermost first. */
  readonly chain: Place[]
  /** Caught failures whose handlers run. */
  readonly handled: ImportFailure[]
  /** Imports that failed and were caught: they fail again. */
  readonly failed: Map<string, ImportFailure>
  readonly failures: ImportFailure[]
  readonly caught: ImportFailure[]
  readonly files: Map<string, ImportedFile>
  readonly open: Set<string>
  /** Libraries that were looked for and are nowhere: what raises afterwards does so for them. */
  readonly notFound: ImportFailure[]
  /** A module put folders on sys.path that are not known: what is found nowhere may be there. */
  hasMorePath: boolean
  /** What the function that returned last handed back. */
  returned: Value
  /** Functions that call each other at the moment. */
  calls: number
}

export type GuardFrame = {
  readonly guard: Guard
  readonly module: ModuleState
  /** Something in the `try` may have failed: nobody can tell whether its handler ran. */
  unsure?: boolean
}

/** An exception on its way to the guard that catches it. */
export type Thrown = { readonly to: GuardFrame; readonly branch?: ExceptBranch; readonly failure: ImportFailure }

/** How statements end: they go on, the function returns or may have returned, or an exception passes. */
export type Outcome = undefined | 'return' | 'perhaps' | Thrown

export function isThrown(outcome: Outcome): outcome is Thrown {
  return typeof outcome === 'object'
}

/** `base`: a process that has imported something already. */
export function importRun(world: ImportWorld, base?: Pick<ImportRun, 'modules' | 'process'>): ImportRun {
  return {
    world,
    modules: new Map(base?.modules),
    process: base?.process ?? world.process,
    guards: [],
    chain: [],
    handled: [],
    failed: new Map(),
    failures: [],
    caught: [],
    files: new Map(),
    open: new Set(),
    notFound: [],
    hasMorePath: false,
    returned: 'unknown',
    calls: 0,
  }
}

export function moduleImport(module: string, run: ImportRun): ModuleImport {
  return { module, failures: run.failures, caught: run.caught, files: [...run.files.values()], open: [...run.open] }
}

/** Who would catch the exception here: handlers that raise again are passed. */
export function catcher(run: ImportRun, exception: string): Omit<Thrown, 'failure'> | undefined {
  let type = exception
  for (let at = run.guards.length - 1; at >= 0; at--) {
    const to = run.guards[at]
    if (to === undefined) continue
    if (to.guard.kind === 'maybe') return { to }
    const branch = to.guard.step.except.find((one) => isCaughtBy(type, one))
    if (branch === undefined) continue
    const raised = raisedBy(branch.body, (step) =>
      'if' in step ? evaluate(step.if, to.module, run.world.interpreter, run.world.view.environment) : null,
    )
    if (raised === undefined) return { to, branch }
    if (raised !== '') type = raised
  }
  return undefined
}

/** Where nobody can tell whether a statement runs, somebody around that may be prepared for its failure all the same. */
function isCaughtFurtherOut(run: ImportRun, exception: string): boolean {
  const sure = run.guards.filter(({ guard }) => guard.kind === 'try')
  return catcher({ ...run, guards: sure }, exception) !== undefined
}

/**
 * Raises: the way to the guard that catches it, or nothing when none does. The import has failed then, and goes on as if
 * it had not, so that one run tells everything that stands in the way.
 */
export function raise(run: ImportRun, exception: string, cause: FailureCause): Thrown | undefined {
  const caught = catcher(run, exception)
  if (exception === BREAK && caught?.to.guard.kind === 'maybe') mayEndLoop(run)
  const failure: ImportFailure = {
    exception,
    cause,
    chain: [...run.chain],
    caught: caught !== undefined,
    ...(caught?.to.guard.kind === 'maybe' && !isCaughtFurtherOut(run, exception) ? { unsure: true } : {}),
    ...(exception === DEATH && catcher(run, 'ImportError') !== undefined ? { isDispensable: true } : {}),
  }
  if (caught === undefined) tell(run, failure)
  else {
    if (failure.unsure === true && isStandInWithout(run, failure, caught.to)) tell(run, failure)
    return { ...caught, failure }
  }
  return undefined
}

function tell(run: ImportRun, failure: ImportFailure): void {
  const reason = isNative(failure.cause) ? undefined : reasonOf(run, failure.cause)
  const told = reason === undefined ? failure : { ...reason, caught: false }
  if (!run.failures.some((one) => isSame(one.cause, told.cause))) run.failures.push(told)
}

/**
 * What stands in for native code that did not load asks for another package, which is not there: only a rare condition would
 * let it do without, as when lmdb's documentation is built.
 */
function isStandInWithout({ guards, handled }: ImportRun, { cause }: ImportFailure, to: GuardFrame): boolean {
  if (cause.kind !== 'absent' || cause.module.includes('.') || isOf(cause.module, to.module.name)) return false
  const undecided = guards.filter(({ guard }) => guard.kind === 'maybe')
  const failed = handled.findLast((one) => isNative(one.cause))
  // Under a condition in the handler itself nobody knows whether the stand-in is asked for at all.
  return undecided.length === 1 && failed !== undefined && failed.chain.at(-1)?.path !== to.module.path
}

function isOf(module: string, other: string): boolean {
  return other.split('.', 1)[0] === module
}

/** Nobody can tell whether what follows the loop's `else` runs. */
function mayEndLoop({ guards }: ImportRun): void {
  const loop = guards.findLast(
    ({ guard }) => guard.kind === 'try' && guard.step.except.some(({ types }) => types.includes(BREAK)),
  )
  if (loop === undefined || loop.unsure === true) return
  loop.unsure = true
  loop.module.maybe++
}

function isSame(a: FailureCause, b: FailureCause): boolean {
  return a.kind === b.kind && nameOf(a) === nameOf(b)
}

function nameOf(cause: FailureCause): string {
  switch (cause.kind) {
    case 'load':
    case 'other-numpy':
      return cause.file
    case 'raised':
      return cause.exception
    case 'no-metadata':
    case 'outdated':
    case 'refused':
      return cause.distribution
    case 'lacked':
    case 'unbound':
      return `${cause.module}.${cause.name}`
    default:
      return cause.module
  }
}
