import type { SmokeReport } from '../../report/report.ts'

/** One report of several that ran under the same constraints; `skipped` only when all were, with every reason. Pure. */
export function mergeReports(reports: readonly [SmokeReport, ...SmokeReport[]]): SmokeReport {
  const [first, ...others] = reports
  if (others.length === 0) return first
  const reasons = reports.flatMap(({ reason }) => reason ?? [])
  const ran = reports.filter(({ status }) => status !== 'skipped')
  const failed = ran.some(({ status }) => status === 'failed')
  return {
    status: ran.length === 0 ? 'skipped' : failed ? 'failed' : 'passed',
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    constraints: ran[0]?.constraints ?? {},
    cases: reports.flatMap(({ cases }) => cases),
  }
}
