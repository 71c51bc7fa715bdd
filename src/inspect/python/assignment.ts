import { assignedText } from './named-imports.ts'
import { pythonCondition } from './python-condition.ts'
import type { PythonStep, PythonValue } from './python-step.ts'

// Longer values may have been cut.
const MOST_CONDITION = 70

export function assignment(set: string, value: string): PythonStep {
  const to = assignedText(value) ?? assigned(value)
  if (to !== 'other' || value.length > MOST_CONDITION || value === '') return { set, to }
  // `LINUX = sys.platform.startswith('linux')`, which other modules ask for.
  const condition = pythonCondition(value.trim())
  if (typeof condition === 'boolean') return { set, to: condition ? 'true' : 'false', constant: true }
  // Of other operators it is one of the operands: None, a list.
  return condition !== null && 'not' in condition ? { set, to: { holds: condition } } : { set, to }
}

/** A setting with its default, which small letters leave as it is: `os.environ.get("BACKEND", "c").strip()`. */
const SETTING =
  /^(?:_?os\.)?(?:environ\.get|getenv)\(\s*["'](\w+)["']\s*,\s*["']([a-z\d_-]*|[\w-]*(?=["']\s*\)\s*(?:#|$)))["']\s*\)(?:\.(?:strip|lower)\(\))*\s*(?:#.*)?$/s

/** `int(os.environ.get("PURE_PYTHON", "0"))` */
const NUMBER = /^int\(\s*((?:_?os\.)?(?:environ\.get|getenv)\(.*\))\s*\)\s*(?:#.*)?$/s

/** The same without a default. */
const ABSENT_SETTING = /^(?:_?os\.)?(?:environ\.get|getenv)\(\s*["'](\w+)["']\s*\)\s*(?:#.*)?$/s

function assigned(text: string): PythonValue {
  const [, variable, otherwise] = SETTING.exec(text.trim()) ?? []
  if (variable !== undefined && otherwise !== undefined) return { variable, otherwise }
  const [, number] = NUMBER.exec(text.trim()) ?? []
  const of = number === undefined ? 'other' : assigned(number)
  if (typeof of === 'object' && 'otherwise' in of) return { ...of, number: true }
  const [, absent] = ABSENT_SETTING.exec(text.trim()) ?? []
  if (absent !== undefined) return { variable: absent }
  const [, word] = /^(True|False|None)\s*(?:#.*)?$/s.exec(text.trim()) ?? []
  return word === 'True' ? 'true' : word === 'False' ? 'false' : word === 'None' ? 'none' : 'other'
}
