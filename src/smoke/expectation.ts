import type { SmokeCasePlan } from '../plan/plan.ts'
import type { Verdict } from './classify.ts'

export type CaseError = { readonly type: string; readonly message: string }

/** Whether the verdict is what the case expects; `undefined` when it is. */
export function unmet(one: Pick<SmokeCasePlan, 'expect' | 'expectError'>, verdict: Verdict): CaseError | undefined {
  if (one.expectError !== undefined) return unmetError(one.expectError, verdict)
  if (verdict.kind === 'function-error') return { type: verdict.type, message: verdict.message }
  if (one.expect === undefined) return undefined
  const difference = firstDifference(one.expect, verdict.response, '$')
  return difference === undefined ? undefined : { type: 'Expectation', message: difference }
}

function unmetError(expected: NonNullable<SmokeCasePlan['expectError']>, verdict: Verdict): CaseError | undefined {
  const wanted = typeof expected === 'string' ? expected : JSON.stringify(expected)
  if (verdict.kind === 'response') {
    return { type: 'Expectation', message: `expected the error ${wanted}, got the answer ${brief(verdict.response)}` }
  }
  if (typeof expected === 'string') {
    if (verdict.type === expected || verdict.payload?.errorType === expected) return undefined
    return { type: 'Expectation', message: `expected the error ${wanted}, got ${verdict.type}: ${verdict.message}` }
  }
  const actual = { errorType: verdict.type, errorMessage: verdict.message, ...verdict.payload }
  const difference = firstDifference(expected, actual, '$')
  return difference === undefined ? undefined : { type: 'Expectation', message: `in the error, ${difference}` }
}

/**
 * Where `actual` first lacks what `expected` asks for, in words; `undefined` when it has all of it. Objects may have more
 * members than asked for; arrays have the same length and match element by element; everything else is equal.
 */
export function firstDifference(expected: unknown, actual: unknown, path: string): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${path}: expected ${brief(expected)}, got ${brief(actual)}`
    if (actual.length !== expected.length) {
      return `${path}: expected ${expected.length} elements, got ${actual.length}`
    }
    return first(expected.map((element, index) => firstDifference(element, actual[index], `${path}[${index}]`)))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
      return `${path}: expected ${brief(expected)}, got ${brief(actual)}`
    }
    return first(
      Object.entries(expected).map(([name, member]) =>
        Object.hasOwn(actual, name)
          ? firstDifference(member, (actual as Record<string, unknown>)[name], `${path}.${name}`)
          : `${path}.${name}: expected ${brief(member)}, but there is no such member`,
      ),
    )
  }
  return Object.is(expected, actual) || expected === actual
    ? undefined
    : `${path}: expected ${brief(expected)}, got ${brief(actual)}`
}

function first(differences: readonly (string | undefined)[]): string | undefined {
  return differences.find((difference) => difference !== undefined)
}

const BRIEF = 200

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text
}
