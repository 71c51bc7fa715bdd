import type { FunctionStep, PythonCondition, PythonValue } from '../../inspect/python/python-step.ts'
import { ownValue } from '../../own-value.ts'
import type { Interpreter } from './interpreter.ts'

/** A module in sys.modules. */
export type ModuleState = {
  readonly name: string
  /** Of its source; absent for what is compiled or taken for granted. */
  readonly path?: string
  /** `__path__` of a package. */
  readonly folders?: readonly string[]
  /** What it seems to lack may be there all the same. */
  readonly isOpen: boolean
  /** Names that its statements have bound so far, and their values as far as conditions can be told by them. */
  readonly names: Map<string, Value>
  readonly functions: Map<string, PythonFunction>
  /** Undecided conditions around the statement that runs. */
  maybe: number
}

/** `of`: the module that it was written in, where another one imported it. */
export type PythonFunction = Pick<FunctionStep, 'body' | 'parameters' | 'none'> & { readonly of?: ModuleState }

/**
 * `thing`: neither None nor false: a module, a function. `text`: a string that is known. `nowhere`: None, as a library was
 * looked for and not found.
 */
export type Value = 'true' | 'false' | 'none' | 'nowhere' | 'thing' | 'unknown' | { readonly text: string }

export function moduleState(name: string, of: Pick<ModuleState, 'path' | 'folders' | 'isOpen'>): ModuleState {
  const names = new Map<string, Value>()
  names.set('__name__', { text: name })
  names.set('__package__', name.includes('.') || of.folders !== undefined ? 'true' : 'false')
  return { name, ...of, names, functions: new Map(), maybe: 0 }
}

export function bind(module: ModuleState, name: string, value: Value): void {
  module.names.set(name, module.maybe > 0 ? 'unknown' : value)
}

/** What a statement binds, where the process has this environment. */
export function boundValue(
  to: PythonValue,
  module: ModuleState,
  interpreter: Pick<Interpreter, 'minor' | 'patch' | 'architecture'>,
  environment: Readonly<Record<string, string>>,
): Value {
  if (to === 'other') return 'unknown'
  if (typeof to === 'string' || 'text' in to) return to
  if ('holds' in to) {
    const holds = evaluate(to.holds, module, interpreter, environment)
    return holds === null ? 'unknown' : holds ? 'true' : 'false'
  }
  const text = ownValue(environment, to.variable) ?? to.otherwise
  if (text !== undefined) return to.number === true ? numberOf(text) : { text }
  // Lambda sets its own where the function starts.
  return to.variable.startsWith('AWS_') ? 'unknown' : 'none'
}

/** As far as conditions ask. */
function numberOf(text: string): Value {
  return /^\d+$/.test(text) ? (Number(text) === 0 ? 'false' : 'true') : 'unknown'
}

/** What a condition comes to in this Python; `null`: nobody can tell. */
export function evaluate(
  condition: PythonCondition,
  module: ModuleState,
  interpreter: Pick<Interpreter, 'minor' | 'patch' | 'architecture'>,
  environment: Readonly<Record<string, string>>,
): boolean | null {
  if (condition === null || typeof condition === 'boolean') return condition
  const inner = (part: PythonCondition): boolean | null => evaluate(part, module, interpreter, environment)
  if ('not' in condition) {
    const value = inner(condition.not)
    return value === null ? null : !value
  }
  if ('any' in condition) {
    const values = condition.any.map(inner)
    return values.includes(true) ? true : values.includes(null) ? null : false
  }
  if ('variable' in condition) return (ownValue(environment, condition.variable) ?? '') !== ''
  if ('version' in condition) return compare(releaseOf(interpreter), condition.version, condition.than)
  if ('asks' in condition) return hasFeature(condition.asks, module, interpreter)
  const value = module.names.get(condition.name)
  if (value === undefined || value === 'unknown') return null
  // Of what else equals a string nothing is known: objects compare as they like.
  const isNone = value === 'none' || value === 'nowhere'
  if ('equals' in condition && isNone) return false
  if ('equals' in condition) return typeof value === 'string' ? null : value.text === condition.equals
  if (condition.none === true) return isNone
  return typeof value === 'string' ? value === 'true' || value === 'thing' : value.text !== ''
}

/** Lambda's x86-64 processors have AVX2 ("Using AVX2 vectorization in Lambda"); what is written in Python may say otherwise. */
function hasFeature(
  name: string,
  { functions, names }: ModuleState,
  { architecture }: Pick<Interpreter, 'architecture'>,
): boolean | null {
  const isCompiled = names.get(name) === 'thing' && !functions.has(name)
  return isCompiled && architecture === 'x86_64' ? true : null
}

function releaseOf({ minor, patch }: Pick<Interpreter, 'minor' | 'patch'>): readonly number[] {
  return [3, minor, ...(patch === undefined ? [] : [patch])]
}

/** As Python compares tuples. `sys.version_info` and slices of it are not told apart: equal beginnings satisfy equality. */
function compare(ours: readonly number[], operator: string, than: readonly number[]): boolean | null {
  const at = than.findIndex((number, index) => number !== ours[index])
  const difference = at === -1 ? 0 : at < ours.length ? (ours[at] ?? 0) - (than[at] ?? 0) : undefined
  // The patch release decides, which is not known.
  if (difference === undefined) return null
  switch (operator) {
    case '>=':
      return difference >= 0
    case '>':
      // `(3, 11, 4, …) > (3, 11)` holds, `3 > 3` does not.
      return difference > 0 || (difference === 0 && than.length > 1)
    case '<':
      return difference < 0
    case '<=':
      return difference < 0 || (difference === 0 && than.length === 1)
    default:
      return (difference === 0) === (operator === '==')
  }
}
