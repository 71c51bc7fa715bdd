import { LEVEL_RANK } from '../plan/plan.ts'
import type { FailOn, ReportedFinding } from '../report/report.ts'

/** The findings that stop a run before it publishes: at or above `failOn`, and not ignored. */
export function gate(findings: readonly ReportedFinding[], failOn: FailOn): readonly ReportedFinding[] {
  if (failOn === 'never') return []
  return findings.filter(({ level, ignored }) => ignored === undefined && LEVEL_RANK[level] >= LEVEL_RANK[failOn])
}
