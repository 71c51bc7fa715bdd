import { ownValue } from '../../own-value.ts'

/** Names that are the same in every Lambda function: Linux, CPython 3, 64 bit, run and not type-checked. */
export const CONSTANTS: Readonly<Record<string, string | boolean>> = {
  'sys.platform': 'linux',
  'os.name': 'posix',
  'platform.system()': 'Linux',
  'platform.python_implementation()': 'CPython',
  'sys.implementation.name': 'cpython',
  'sys.byteorder': 'little',
  __debug__: true,
  TYPE_CHECKING: false,
  PY2: false,
  PY3: true,
  PYPY: false,
  IS_PYPY: false,
  IS_WINDOWS: false,
  _WINDOWS: false,
  WINDOWS: false,
  True: true,
  False: false,
  None: false,
}

const CASES: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
}

/** What an expression without blanks says in every Lambda function: `sys.platform`, `platform.system().lower()`. */
export function knownText(expression: string): string | undefined {
  const known = ownValue(CONSTANTS, expression)
  if (known !== undefined) return typeof known === 'string' ? known : undefined
  const [, inner, method] = /^(.+)\.(\w+)\(\)$/.exec(expression) ?? []
  const changed = ownValue(CASES, method ?? '')
  const text = changed === undefined ? undefined : knownText(inner ?? '')
  return text === undefined ? undefined : changed?.(text)
}
