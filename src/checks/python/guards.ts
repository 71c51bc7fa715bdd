import { BREAK, CONTINUE } from '../../inspect/python/loop-breaks.ts'
import type { ExceptBranch, PythonStep, TryStep } from '../../inspect/python/python-step.ts'
import { ownValue } from '../../own-value.ts'

/** What stands around a statement that runs: it decides what becomes of an exception. */
export type Guard =
  | { readonly kind: 'try'; readonly step: TryStep }
  /** Runs only under a condition that nobody can tell: what fails there is not held against anybody. */
  | { readonly kind: 'maybe' }

// Those of built-in exceptions that imports and their handlers use (Python's "Exception hierarchy").
const BASES: Readonly<Record<string, string>> = {
  PackageNotFoundError: 'ModuleNotFoundError',
  ModuleNotFoundError: 'ImportError',
  ImportError: 'Exception',
  OSError: 'Exception',
  FileNotFoundError: 'OSError',
  NotImplementedError: 'RuntimeError',
  RuntimeError: 'Exception',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeError: 'ValueError',
  KeyError: 'LookupError',
  IndexError: 'LookupError',
  Exception: 'BaseException',
  SystemExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
}
const OTHER_NAMES: Readonly<Record<string, string>> = { IOError: 'OSError', EnvironmentError: 'OSError' }

/** The process is killed: nobody catches that. */
export const DEATH = 'SIGBUS'

export function isCaughtBy(exception: string, { types }: ExceptBranch): boolean {
  if (exception === DEATH) return false
  if (exception === BREAK || exception === CONTINUE) return types.includes(exception)
  // A name that holds a tuple of types was made for the purpose.
  if (types.length === 0 || types.includes('?')) return true
  const names = types.map((type) => ownValue(OTHER_NAMES, type) ?? type)
  for (let type: string | undefined = exception; type !== undefined; type = baseOf(type))
    if (names.includes(type)) return true
  return false
}

function baseOf(type: string): string | undefined {
  if (type === 'BaseException') return undefined
  return ownValue(BASES, type) ?? 'Exception'
}

/** The exception that a handler raises whatever happens (`''`: the one it handles), or `undefined`. */
export function raisedBy(
  body: readonly PythonStep[],
  isTrue: (step: PythonStep & { readonly body: unknown }) => boolean | null,
): string | undefined {
  for (const step of body) {
    if ('raise' in step) return step.raise
    if (!('if' in step)) continue
    const holds = isTrue(step)
    const branch = holds === true ? step.body : holds === false ? (step.else ?? []) : undefined
    const raised = branch === undefined ? raisedByBoth(step.body, step.else, isTrue) : raisedBy(branch, isTrue)
    if (raised !== undefined) return raised
  }
  return undefined
}

function raisedByBoth(
  body: readonly PythonStep[],
  other: readonly PythonStep[] | undefined,
  isTrue: Parameters<typeof raisedBy>[1],
): string | undefined {
  const first = raisedBy(body, isTrue)
  const second = other === undefined ? undefined : raisedBy(other, isTrue)
  return first !== undefined && second !== undefined ? second : undefined
}
