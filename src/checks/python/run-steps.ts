import type {
  CallStep,
  NamedImportStep,
  PythonArgument,
  PythonStep,
  TryStep,
} from '../../inspect/python/python-step.ts'
import { checkVersion } from './check-version.ts'
import { chosenBranch } from './chosen-branch.ts'
import { askForMetadata, refuseOlder } from './distribution-steps.ts'
import { fromStatement } from './from-statement.ts'
import { isCaughtBy } from './guards.ts'
import { isIdle } from './idle-function.ts'
import { importAgain, isImportedAgain } from './import-again.ts'
import { importModule } from './import-module.ts'
import { type GuardFrame, type ImportRun, isThrown, type Outcome, raise } from './import-run.ts'
import { lackConstant } from './lacked-constant.ts'
import { bind, boundValue, evaluate, type ModuleState, type Value } from './module-state.ts'
import { findLibrary, openLibrary } from './open-library.ts'
import { asksForWindows } from './windows-only.ts'

/** Runs statements of a module until an exception passes or a function returns. */
export function runSteps(run: ImportRun, module: ModuleState, steps: readonly PythonStep[]): Outcome {
  let index = 0
  for (const step of steps) {
    index++
    const outcome = runStep(run, module, step)
    if (outcome === 'perhaps') maybe(run, module, steps.slice(index))
    if (outcome !== undefined) return outcome
  }
  return undefined
}

function runStep(run: ImportRun, module: ModuleState, step: PythonStep): Outcome {
  if ('import' in step) {
    const outcome = at(run, module, step.line, () =>
      isImportedAgain(step.import, module, step.as) ? importAgain(run, module) : importModule(run, step.import),
    )
    const [first = ''] = step.import.split('.')
    if (outcome === undefined && step.as !== '') bind(module, step.as ?? first, 'thing')
    return outcome
  }
  if ('from' in step) return at(run, module, step.line, () => fromStatement(run, module, step))
  if ('if' in step) {
    const holds = evaluate(step.if, module, run.world.interpreter, run.world.view.environment)
    const branch = holds === null ? chosenBranch(run, step) : holds ? step.body : (step.else ?? [])
    if (branch !== undefined) return runSteps(run, module, branch)
    const ends = [step.body, step.else ?? []].map((body) => maybe(run, module, body))
    return ends.includes('return') || ends.includes('perhaps') ? 'perhaps' : undefined
  }
  if ('try' in step) return attempt(run, module, step)
  if ('def' in step) {
    module.functions.set(step.def, step)
    bind(module, step.def, 'thing')
    return undefined
  }
  if ('call' in step) return call(run, module, step)
  if ('importNamed' in step) return at(run, module, step.line, () => importNamed(run, module, step))
  if ('find' in step) {
    at(run, module, step.line, () => {
      bind(module, step.into, findLibrary(run, module, step.find))
      return undefined
    })
    return undefined
  }
  if ('set' in step) {
    bind(module, step.set, boundValue(step.to, module, run.world.interpreter, run.world.view.environment))
    return undefined
  }
  if ('raise' in step) {
    const exception = step.raise === '' ? (run.handled.at(-1)?.exception ?? 'Exception') : step.raise
    return at(run, module, step.line, () => raise(run, exception, { kind: 'raised', exception }))
  }
  if ('distribution' in step) return at(run, module, step.line, () => askForMetadata(run, module, step))
  if ('fromLibrary' in step) return at(run, module, step.line, () => lackConstant(run, step))
  if ('checked' in step) return at(run, module, step.line, () => checkVersion(run, module, step))
  if ('oldest' in step) return at(run, module, step.line, () => refuseOlder(run, step))
  if ('open' in step) return at(run, module, step.line, () => openLibrary(run, module, step))
  if ('windows' in step) return at(run, module, step.line, () => asksForWindows(run, module))
  run.returned = module.names.get(step.value ?? '') ?? 'unknown'
  return 'return'
}

/** The statement's place is part of the chain while it runs. */
function at(run: ImportRun, { path }: ModuleState, line: number, work: () => Outcome): Outcome {
  if (path !== undefined) run.chain.push({ path, line })
  const outcome = work()
  if (path !== undefined) run.chain.pop()
  return outcome
}

/** What only a condition decides that nobody can tell: runs, and whatever fails is let pass. */
function maybe(run: ImportRun, module: ModuleState, steps: readonly PythonStep[]): Outcome {
  if (steps.length === 0) return undefined
  const frame: GuardFrame = { guard: { kind: 'maybe' }, module }
  run.guards.push(frame)
  module.maybe++
  const outcome = runSteps(run, module, steps)
  module.maybe--
  run.guards.pop()
  if (isThrown(outcome) && outcome.failure.cause.kind !== 'raised') run.caught.push(outcome.failure)
  return outcome
}

function attempt(run: ImportRun, module: ModuleState, step: TryStep): Outcome {
  const frame: GuardFrame = { guard: { kind: 'try', step }, module }
  run.guards.push(frame)
  let outcome = runSteps(run, module, step.try)
  run.guards.pop()
  if (frame.unsure === true) {
    module.maybe--
    if (outcome === undefined) {
      for (const { types, body } of step.except)
        if (isCaughtBy('ImportError', { types, body })) maybe(run, module, body)
      maybe(run, module, step.else ?? [])
      return runSteps(run, module, step.finally ?? [])
    }
  }
  if (isThrown(outcome) && outcome.to === frame) {
    run.caught.push(outcome.failure)
    run.handled.push(outcome.failure)
    outcome = runSteps(run, module, outcome.branch?.body ?? [])
    run.handled.pop()
  } else if (outcome === undefined) outcome = runSteps(run, module, step.else ?? [])
  const last = runSteps(run, module, step.finally ?? [])
  return outcome ?? last
}

// Functions that call each other for ever do so under a condition that is not known here.
const MOST_CALLS = 20

function call(run: ImportRun, module: ModuleState, { call: name, with: given, bare, into }: CallStep): Outcome {
  const [first = '', second] = name.split('.')
  const holder = second === undefined ? module : (siblingOf(run, module, first) ?? run.modules.get(first))
  const called = holder?.functions.get(second ?? first)
  if (holder === undefined || called === undefined || run.calls > MOST_CALLS) return undefined
  const owner = called.of ?? holder
  if (isIdle(owner, called.body)) return undefined
  const { body, parameters = [], none = [] } = called
  const values = parameters.map((parameter, index) =>
    bare === true && none.includes(parameter) ? 'none' : argument(module, given?.[index]),
  )
  const hidden = parameters.map((parameter) => [parameter, owner.names.get(parameter)] as const)
  for (const [index, parameter] of parameters.entries()) owner.names.set(parameter, values[index] ?? 'unknown')
  run.calls++
  const outcome = runSteps(run, owner, body)
  run.calls--
  for (const [parameter, value] of hidden)
    if (value === undefined) owner.names.delete(parameter)
    else owner.names.set(parameter, value)
  // Of other values nobody knows whether they are what it returns in the end.
  if (into !== undefined) bind(module, into, outcome === 'return' && run.returned === 'nowhere' ? 'nowhere' : 'unknown')
  return isThrown(outcome) ? outcome : undefined
}

function argument({ names }: ModuleState, given: PythonArgument | undefined): Value {
  if (given === undefined) return 'unknown'
  return 'text' in given ? given : extended(names.get(given.name) ?? 'unknown', given.plus)
}

/** `name + "_cpp"` */
function extended(value: Value, plus: string | undefined): Value {
  if (plus === undefined) return value
  return typeof value === 'object' ? { text: value.text + plus } : 'unknown'
}

/** Of a name that is computed in another way nothing is known. */
function importNamed(run: ImportRun, { names }: ModuleState, { importNamed: name, plus }: NamedImportStep): Outcome {
  const value = extended(names.get(name) ?? 'unknown', plus)
  return typeof value === 'object' && !value.text.startsWith('.') ? importModule(run, value.text) : undefined
}

/** The module that a name imported from the same package stands for. */
function siblingOf({ modules }: ImportRun, { name, folders }: ModuleState, short: string): ModuleState | undefined {
  const parent = folders === undefined ? name.slice(0, Math.max(name.lastIndexOf('.'), 0)) : name
  return modules.get(`${parent}.${short}`)
}
