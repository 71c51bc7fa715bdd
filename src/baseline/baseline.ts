import type { NotChecked } from '../checks/check.ts'
import type { ReportedBaseline, ReportedFinding } from '../report/report.ts'
import { anotherSubject, type RunSubject } from './another-subject.ts'
import type { EarlierReport } from './earlier-report.ts'

/** What `baseline` asks to be compared with, as the plan has it. */
export type BaselinePlan =
  | { readonly from: 'report'; readonly path: string; readonly report: EarlierReport }
  | { readonly from: 'image'; readonly reference: string }
  /** The image that a function runs now, by digest. */
  | { readonly from: 'deployed'; readonly reference: string; readonly functionName: string }
  /** It was looked for and there is none to compare with. */
  | { readonly from: 'nothing'; readonly asked: string; readonly unread: string }

/** What the run is compared with, once it is known. */
export type Baseline = {
  readonly findings: readonly ReportedFinding[]
  readonly notChecked: readonly NotChecked[]
  /** Smoke cases that ran. */
  readonly cases: readonly string[]
  /** Rules of which it can say nothing, whatever it was asked. */
  readonly silent: ReadonlySet<string>
  /** What report.json says of it. */
  readonly reported: ReportedBaseline
  readonly environments: EarlierReport['environments']
}

/** An earlier report as a baseline; of one about something else, or whose checks never ran, why it is none. */
export function baselineOfReport(
  path: string,
  report: EarlierReport,
  run: RunSubject,
): Baseline | { readonly unread: string } {
  const other = anotherSubject(report, run)
  if (other !== undefined) return { unread: other }
  const { version, createdAt, subject, stages, smoke, environments, notChecked } = report
  const check = stages.find(({ name }) => name === 'check')
  if (check === undefined || check.status === 'skipped') {
    const ended = stages.find(({ status }) => status === 'failed')?.name
    return { unread: `its own run ended${ended === undefined ? '' : ` at ${ended}`} before anything was checked` }
  }
  return {
    // What had been fixed by then is no finding of that run.
    findings: report.findings.filter(({ status }) => status !== 'fixed').map(({ status: _, ...finding }) => finding),
    notChecked,
    cases: smoke.cases.filter(({ status }) => status !== 'skipped').map(({ name }) => name),
    silent: new Set(),
    environments,
    reported: {
      source: 'report',
      reference: path,
      name: subject.name,
      version,
      createdAt,
      ...(subject.digest === undefined ? {} : { digest: subject.digest }),
      ...(subject.bytes === undefined ? {} : { bytes: subject.bytes }),
      ...(subject.largestFolders === undefined ? {} : { largestFolders: subject.largestFolders }),
    },
  }
}
