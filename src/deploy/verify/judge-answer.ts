import type { SmokeCasePlan } from '../../plan/plan.ts'
import type { FunctionAnswer } from '../../ports/function-invocations.ts'
import type { SmokeCase } from '../../report/report.ts'
import type { Verdict } from '../../smoke/classify.ts'
import type { Hide } from '../../smoke/disclosure.ts'
import { unmet } from '../../smoke/expectation.ts'
import { differences } from './differences.ts'

/** `no-error`: there was nothing to compare the answer with. */
export type Judgement =
  | { readonly kind: 'as-expected' | 'as-local' | 'no-error' }
  | { readonly kind: 'function-error'; readonly lines: readonly string[] }
  | { readonly kind: 'unexpected' | 'differs'; readonly lines: readonly string[] }

const MOST_DIFFERENCES = 5

/**
 * What a deployed function's answer is worth: what the case expects decides, else the local answer to the same event,
 * which the deployed one must equal. Values to be hidden are hidden in the local answer already. Pure.
 */
export function judgeAnswer(
  one: Pick<SmokeCasePlan, 'expect' | 'expectError'>,
  local: SmokeCase | undefined,
  answer: FunctionAnswer,
  hidden: Hide,
): Judgement {
  const verdict = verdictOf(answer)
  const expects = one.expect !== undefined || one.expectError !== undefined
  const error = unmet(one, verdict)
  if (error !== undefined) {
    if (error.type === 'Expectation') return { kind: 'unexpected', lines: [hidden.text(error.message)] }
    return { kind: 'function-error', lines: [hidden.text(`${error.type}: ${error.message}`)] }
  }
  if (expects) return { kind: 'as-expected' }
  // A local run that failed has no answer.
  if (verdict.kind !== 'response' || local === undefined || !('response' in local)) return { kind: 'no-error' }
  const found = differences(local.response, hidden.json(verdict.response), MOST_DIFFERENCES + 1)
  if (found.length === 0) return { kind: 'as-local' }
  const shown = found.slice(0, MOST_DIFFERENCES)
  const lines = shown.map(({ path, local, deployed }) => `${path}: locally ${local}, deployed ${deployed}`)
  return { kind: 'differs', lines: [...lines, ...(found.length > shown.length ? ['… and more'] : [])] }
}

/** As Lambda answers (aws.md §5.6): an error object under the mark of a function error, else what the handler gave. */
function verdictOf({ payload, failed }: FunctionAnswer): Verdict {
  const parsed = parseJson(payload)
  if (!failed) return { kind: 'response', response: parsed === undefined ? payload : parsed }
  const { errorType, errorMessage } = Object(parsed) as { errorType?: unknown; errorMessage?: unknown }
  const type = typeof errorType === 'string' ? errorType : 'Unhandled'
  const said = typeof errorMessage === 'string' ? errorMessage : payload
  const message = said.replace(/^RequestId: [0-9a-f-]+ Error: /, '')
  return { kind: 'function-error', type, message, payload: { ...Object(parsed), errorType: type } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
