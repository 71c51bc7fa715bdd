import type { Report, ReportedFinding } from './report.ts'
import { standing } from './verdict.ts'

type Judged = Pick<Report, 'findings'> & { readonly plan?: Report['plan'] }

/**
 * What is told in full, in the order of the report: errors, and the warnings that stop a run with `fail-on: warning`. A
 * failed smoke case that another of them explains is told there.
 */
export function causes({ findings, plan }: Judged): readonly ReportedFinding[] {
  const failOn = plan?.['fail-on']?.value
  const told = standing(findings).filter(
    ({ level }) => level === 'error' || (level === 'warning' && failOn === 'warning'),
  )
  return told.filter((finding) => explanation(finding, told) === undefined)
}

/** The number, from 1, of the cause that explains a failed smoke case; `confirms`: it had been predicted. */
export function explainedBy(
  caseName: string,
  report: Judged,
): { readonly number: number; readonly confirms: boolean } | undefined {
  const told = causes(report)
  const smoke = standing(report.findings).find(({ rule, subject }) => rule === 'smoke' && subject === caseName)
  const cause = smoke && (explanation(smoke, told) ?? told.find((one) => one === smoke))
  return cause === undefined ? undefined : { number: told.indexOf(cause) + 1, confirms: cause !== smoke }
}

function explanation(finding: ReportedFinding, told: readonly ReportedFinding[]): ReportedFinding | undefined {
  const by = finding.rule === 'smoke' ? (finding.predictedBy ?? []) : []
  return told.find((one) => one !== finding && by.includes(`${one.rule} ${one.subject}`))
}
