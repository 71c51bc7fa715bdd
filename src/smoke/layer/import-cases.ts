import * as v from 'valibot'
import type { SmokeCase, SmokeReport } from '../../report/report.ts'
import { logTail } from '../disclosure.ts'

const RESULTS = v.array(
  v.object({
    name: v.string(),
    millis: v.number(),
    error: v.optional(v.object({ type: v.string(), message: v.string(), log: v.string() })),
  }),
)

/** The report with one case for each package instead of the one invocation that loaded all; as it is when that one failed. */
export function importCases(report: SmokeReport, verb: 'import' | 'require'): SmokeReport {
  const [one] = report.cases
  const results = v.safeParse(RESULTS, one?.response)
  if (one === undefined || one.status !== 'passed' || !results.success) return report
  const cases = results.output.map(({ name, millis, error }): SmokeCase => {
    const named = { name: `${verb} ${name}`, millis }
    if (error === undefined) return { ...named, status: 'passed' }
    const { type, message, log } = error
    return { ...named, status: 'failed', error: { type, message }, logTail: logTail(log) }
  })
  const failed = cases.filter(({ status }) => status === 'failed').length
  if (failed === 0) return { ...report, cases }
  return { ...report, status: 'failed', reason: `${failed} of ${cases.length} packages cannot be loaded`, cases }
}
