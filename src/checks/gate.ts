import { LEVEL_RANK } from '../plan/plan.ts'
import type { FailOn, ReportedFinding } from '../report/report.ts'
import { standing } from '../report/verdict.ts'

/** The findings that stop a run before it publishes: at or above `failOn`, neither ignored nor fixed since the baseline. */
export function gate(findings: readonly ReportedFinding[], failOn: FailOn): readonly ReportedFinding[] {
  if (failOn === 'never') return []
  return standing(findings).filter(({ level }) => LEVEL_RANK[level] >= LEVEL_RANK[failOn])
}
