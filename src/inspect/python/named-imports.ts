import type { CallStep, FunctionStep, PythonArgument, PythonStep } from './python-step.ts'

// Imports of modules whose names are handed on: `import_module(name)`, and how `name` comes to its value.
const PLUS = String.raw`(?:\s*\+\s*["'](\w+)["'])?`
const NAMED = new RegExp(String.raw`(?:\bimport_module|\b__import__)\s*\(\s*([A-Za-z_]\w*)${PLUS}\s*\)`)
const ONE = String.raw`(?:\w+(?:\s*\+\s*["']\w+["'])?|"[\w.]*"|'[\w.]*')`
const SUM = new RegExp(String.raw`^([A-Za-z_]\w*)${PLUS}$`)
const ARGUMENTS = new RegExp(String.raw`^[\w.]+\s*\(\s*(${ONE}(?:\s*,\s*${ONE})*)\s*,?\s*\)`)
/** The name of a module in a package. */
const TEXT = /^(["'])([A-Za-z_]\w*(?:\.\w+)+)\1\s*(?:#.*)?$/
/** `first, second = ("a.b", "a.c")` */
const PAIR =
  /^(\w+)\s*,\s*(\w+)\s*=\s*\(?\s*(["'])(\w+(?:\.\w+)+)\3\s*,\s*(["'])(\w+(?:\.\w+)+)\5\s*,?\s*\)?\s*(?:#.*)?$/s

export function namedImport(text: string, line: number): readonly PythonStep[] {
  const [, importNamed, plus] = NAMED.exec(text) ?? []
  return importNamed === undefined ? [] : [{ importNamed, ...(plus === undefined ? {} : { plus }), line }]
}

/** What a call hands to a function, when it is nothing but names and module names. */
export function callArguments(call: string): Pick<CallStep, 'with' | 'bare'> {
  const open = call.indexOf('(')
  const close = call.indexOf(')')
  if (close === open + 1) return { bare: true }
  if (close - open < 2 || call.indexOf('=', open) !== -1) return {}
  const [, list] = ARGUMENTS.exec(call) ?? []
  if (list === undefined) return {}
  return { with: list.split(',').map((one) => argument(one.trim())) }
}

function argument(text: string): PythonArgument {
  const [, , literal] = TEXT.exec(text) ?? []
  if (literal !== undefined) return { text: literal }
  const [, name = text, plus] = SUM.exec(text) ?? []
  return { name, ...(plus === undefined ? {} : { plus }) }
}

/** Names of a function's parameters, as far as they are plain, and those that are None unless a caller says otherwise. */
export function parameters(header: string, isMethod = false): Pick<FunctionStep, 'parameters' | 'none'> {
  const [, list = ''] = /^(?:async\s+)?def\s+\w+\s*\(([^()]*)\)/s.exec(header) ?? []
  const all = list.split(',').slice(isMethod ? 1 : 0)
  const names = all.flatMap((one) => /^\s*([A-Za-z_]\w*)/.exec(one)?.[1] ?? [])
  const none = all.flatMap((one) => /^\s*([A-Za-z_]\w*)\s*(?::[^=]*)?=\s*None\s*$/.exec(one)?.[1] ?? [])
  return { ...(names.length === 0 ? {} : { parameters: names }), ...(none.length === 0 ? {} : { none }) }
}

/** `name = "package.module"`, and two of them at once. */
export function assignedText(value: string): { readonly text: string } | undefined {
  // Most values are nothing of the kind, and every assignment asks.
  if (!value.startsWith('"') && !value.startsWith("'")) return undefined
  const [, , text] = TEXT.exec(value.trim()) ?? []
  return text === undefined ? undefined : { text }
}

export function assignedPair(word: string, text: string): readonly PythonStep[] {
  if (!text.startsWith(',', word.length)) return []
  const [, first, second, , one, , other] = PAIR.exec(text) ?? []
  if (first === undefined || second === undefined || one === undefined || other === undefined) return []
  return [
    { set: first, to: { text: one } },
    { set: second, to: { text: other } },
  ]
}
