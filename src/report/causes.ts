import type { Report, ReportedFinding } from './report.ts'
import { standing } from './verdict.ts'

type Judged = Pick<Report, 'findings'> & { readonly plan?: Report['plan'] }

/**
 * What is told in full, in the order of the report: errors, the warnings that stop a run with `fail-on: warning`, and those
 * that a failed smoke case came from. A failed smoke case that another of them explains is told there.
 */
export function causes({ findings, plan }: Judged): readonly ReportedFinding[] {
  const failOn = plan?.['fail-on']?.value
  const all = standing(findings)
  const explaining = new Set(all.flatMap((finding) => explanation(finding, all) ?? []))
  const told = all.filter(
    (finding) =>
      finding.level === 'error' || (finding.level === 'warning' && (failOn === 'warning' || explaining.has(finding))),
  )
  return told.filter((finding) => explanation(finding, told) === undefined)
}

/** An error, or a warning of what the smoke failed on. */
export function isSeenToFail({ level, confirmedBy = [] }: ReportedFinding): boolean {
  return level === 'error' || (level === 'warning' && confirmedBy.length > 0)
}

/** What explains a failed smoke case. */
export type Explanation = {
  /** Of the cause in the report, from 1. */
  readonly number: number
  /** `itself`: nothing but the case tells; `warned`: the check took it for harmless. */
  readonly by: 'predicted' | 'warned' | 'itself'
}

export function explainedBy(caseName: string, report: Judged): Explanation | undefined {
  const told = causes(report)
  const smoke = standing(report.findings).find(({ rule, subject }) => rule === 'smoke' && subject === caseName)
  const cause = smoke && (explanation(smoke, told) ?? told.find((one) => one === smoke))
  if (cause === undefined) return undefined
  const by = cause === smoke ? 'itself' : cause.level === 'error' ? 'predicted' : 'warned'
  return { number: told.indexOf(cause) + 1, by }
}

function explanation(finding: ReportedFinding, told: readonly ReportedFinding[]): ReportedFinding | undefined {
  const by = finding.rule === 'smoke' ? (finding.predictedBy ?? []) : []
  return told.find((one) => one !== finding && by.includes(`${one.rule} ${one.subject}`))
}
