import { innerSteps, type PythonCondition, type PythonStep, type VersionStep } from './python-step.ts'

// Loops that compare the versions of what is installed: `for name in names: require_version(table[name])`.
const ENTRY = /^[\w.]*version\w*\s*\(\s*[A-Za-z_]\w*\[\s*([A-Za-z_]\w*)\s*\]\s*[,)]/i
/** Python itself is not installed. */
const ITSELF = 'python'

/** The name under which a call takes an entry of a table, when it is about versions. */
export function versionEntry(call: string): { readonly entry?: string } {
  const [, entry] = ENTRY.exec(call) ?? []
  return entry === undefined ? {} : { entry }
}

/** What such a loop checks. `names`: what it runs over; of those that a condition in it sets apart some may be spared. */
export function checkedVersions(
  variable: string,
  names: readonly string[],
  body: readonly PythonStep[],
): readonly VersionStep[] {
  const line = checkIn(body, variable)
  if (line === undefined) return []
  const apart = new Set(setApart(body, variable))
  return names.flatMap((checked): readonly VersionStep[] =>
    checked === ITSELF ? [] : [{ checked, line, ...(apart.has(checked) ? { ifThere: true } : {}) }],
  )
}

function checkIn(steps: readonly PythonStep[], variable: string): number | undefined {
  for (const step of steps) {
    if ('call' in step && step.entry === variable) return step.line
    for (const inner of innerSteps(step)) {
      const line = checkIn(inner, variable)
      if (line !== undefined) return line
    }
  }
  return undefined
}

function setApart(steps: readonly PythonStep[], variable: string): readonly string[] {
  return steps.flatMap((step) => [
    ...('if' in step ? equalTo(step.if, variable) : []),
    ...innerSteps(step).flatMap((inner) => setApart(inner, variable)),
  ])
}

function equalTo(condition: PythonCondition, variable: string): readonly string[] {
  if (condition === null || typeof condition !== 'object') return []
  if ('not' in condition) return equalTo(condition.not, variable)
  if ('any' in condition) return condition.any.flatMap((part) => equalTo(part, variable))
  return 'equals' in condition && condition.name === variable ? [condition.equals] : []
}
