/** A requirement as METADATA has it (PEP 508), as far as it is asked for in Lambda without extras. */
import { requirementName } from '../../inspect/python/requirement-name.ts'
import { ownValue } from '../../own-value.ts'
import type { Interpreter } from './interpreter.ts'

export type PythonRelease = Pick<Interpreter, 'minor' | 'patch'>

export type PlainRequirement = { readonly name: string }

const known = new WeakMap<PythonRelease, Map<string, PlainRequirement | undefined>>()

/** `undefined`: for another system, Python or extra, or nobody can tell. Several rules ask of all that is installed. */
export function plainRequirement(text: string, python: PythonRelease): PlainRequirement | undefined {
  const byText = known.get(python) ?? new Map<string, PlainRequirement | undefined>()
  known.set(python, byText)
  if (!byText.has(text)) byText.set(text, parsed(text, python))
  return byText.get(text)
}

function parsed(text: string, python: PythonRelease): PlainRequirement | undefined {
  const [wanted = '', marker] = text.split(';', 2)
  const name = requirementName(wanted)
  if (name === undefined || (marker !== undefined && !holds(marker, python))) return undefined
  return { name }
}

function holds(marker: string, python: PythonRelease): boolean {
  // Either part would do: what is not plain is not judged.
  if (/\bor\b/.test(marker)) return false
  return marker
    .replace(/[()]/g, ' ')
    .split(/\band\b/)
    .every((part) => partHolds(part.trim(), python))
}

// Environment markers of every Lambda function ("Dependency specifiers" of packaging.python.org).
const LINUX: Readonly<Record<string, string>> = {
  sys_platform: 'linux',
  os_name: 'posix',
  platform_system: 'Linux',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
}

function partHolds(part: string, { minor, patch }: PythonRelease): boolean {
  const [, variable = '', operator = '', value = ''] = /^(\w+)\s*(==|!=|<=|>=|<|>)\s*["']([^"']*)["']$/.exec(part) ?? []
  if (variable === 'python_version' || variable === 'python_full_version') {
    const [, than, thanPatch = '0', rest] = /^3\.(\d+)(?:\.(\d+))?(.*)$/.exec(value) ?? []
    if (than === undefined) return false
    // Of the patch release markers ask where an old one lacks something: the one that nobody knows is newer.
    if (variable === 'python_full_version' && Number(than) === minor && rest === '')
      return compare(patch ?? Number.POSITIVE_INFINITY, operator, Number(thanPatch))
    return compare(minor, operator, Number(than))
  }
  const ours = ownValue(LINUX, variable)
  if (ours === undefined) return false
  return operator === '==' ? ours === value : operator === '!=' ? ours !== value : false
}

function compare(minor: number, operator: string, than: number): boolean {
  switch (operator) {
    case '<':
      return minor < than
    case '<=':
      return minor <= than
    case '>':
      return minor > than
    case '>=':
      return minor >= than
    case '==':
      return minor === than
    default:
      return minor !== than
  }
}
