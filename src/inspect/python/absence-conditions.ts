import type { ExceptBranch, PythonCondition, PythonStep } from './python-step.ts'

// `except ImportError as e: if "No module named" in str(e): …`, by which a handler tells what is not there from what is broken.
/** Stands in conditions for a name that would hold whether the module was not found. */
const NOT_FOUND = '<not found>'
const ASKED =
  /^\s*(?:r|u)?["']No module named ?["']\s+(not\s+)?in\s+(?:(?:str|repr)\(\s*(\w+)\s*\)|(\w+)\.(?:msg|args\[0\]))\s*$/

/** What a module that is not there is caught as. */
const OF_IMPORTS = new Set(['ModuleNotFoundError', 'ImportError', 'Exception', 'BaseException', '?'])

/** `held`: names of the exceptions that handlers around the condition hold. */
export function asksForAbsence(text: string, held: readonly string[]): PythonCondition | undefined {
  const [, not, shown, said] = ASKED.exec(text) ?? []
  const name = shown ?? said
  // A handler may hold it without a name.
  if (name === undefined || !held.includes(name)) return undefined
  return not === undefined ? { name: NOT_FOUND } : { not: { name: NOT_FOUND } }
}

/** A handler that asks so is two: one for the exception that says so, one for the others. */
export function byAbsence(branch: ExceptBranch): readonly ExceptBranch[] {
  const { types, body } = branch
  if (!body.some(isAsked) || !(types.length === 0 || types.some((type) => OF_IMPORTS.has(type)))) return [branch]
  return [
    { types: ['ModuleNotFoundError'], body: decided(body, true) },
    { types, body: decided(body, false) },
  ]
}

function isAsked(step: PythonStep): boolean {
  return 'if' in step && holds(step.if, true) !== undefined
}

function decided(body: readonly PythonStep[], isAbsent: boolean): readonly PythonStep[] {
  return body.flatMap((step) => {
    const held = 'if' in step ? holds(step.if, isAbsent) : undefined
    if (held === undefined || !('if' in step)) return [step]
    return held ? step.body : (step.else ?? [])
  })
}

function holds(condition: PythonCondition, isAbsent: boolean): boolean | undefined {
  if (condition === null || typeof condition !== 'object') return undefined
  if ('not' in condition) {
    const held = holds(condition.not, isAbsent)
    return held === undefined ? undefined : !held
  }
  return 'name' in condition && condition.name === NOT_FOUND ? isAbsent : undefined
}
