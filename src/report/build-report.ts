import type { Report } from './report.ts'
import { verdict } from './verdict.ts'

/** What a run has gathered when it writes its report: on every path, also after a failure in any stage. */
export type RunRecord = Omit<Report, 'schema' | 'verdict'>

/** The report of a run, as report.json holds it. */
export function buildReport(record: RunRecord): Report {
  return { schema: 1, ...record, verdict: verdict(record.stages, record.findings) }
}
