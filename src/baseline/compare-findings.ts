import type { NotChecked } from '../checks/check.ts'
import type { ReportedFinding, SmokeReport } from '../report/report.ts'
import type { Baseline } from './baseline.ts'

/** What the run found, and what it could not tell. */
export type Compared = {
  readonly findings: readonly ReportedFinding[]
  readonly notChecked: readonly NotChecked[]
  readonly smoke: Pick<SmokeReport, 'cases'>
}

/**
 * The run's findings marked `new` or `unchanged`, and behind them those of the baseline that are `fixed`. One finding
 * answers one: by rule, subject and owner, else by rule and owner, since a package's files move from version to version.
 * Where one side did not look, nothing is claimed: the finding has no status, and what is gone is not called fixed. Pure.
 */
export function compareFindings(now: Compared, baseline: Baseline): readonly ReportedFinding[] {
  const before = [...baseline.findings]
  const answered = new Set<ReportedFinding>()
  for (const key of [exactKey, ownerKey]) {
    for (const finding of now.findings.filter((one) => !answered.has(one))) {
      const wanted = key(finding)
      const at = wanted === undefined ? -1 : before.findIndex((one) => key(one) === wanted)
      if (at === -1) continue
      before.splice(at, 1)
      answered.add(finding)
    }
  }
  const marked = now.findings.map((finding): ReportedFinding => {
    if (answered.has(finding)) return { ...finding, status: 'unchanged' }
    return lookedAt(finding, baseline, now) ? { ...finding, status: 'new' } : finding
  })
  const fixed = before.filter((finding) => lookedAt(finding, now, baseline))
  return [...marked, ...fixed.map((finding): ReportedFinding => ({ ...finding, status: 'fixed' }))]
}

type Side = {
  readonly notChecked: readonly NotChecked[]
  readonly silent?: ReadonlySet<string>
  readonly cases?: readonly string[]
  readonly smoke?: Pick<SmokeReport, 'cases'>
}

/** Whether `side` would have had the finding, as far as the other could: the same open question on both is none. */
function lookedAt({ rule, subject }: ReportedFinding, side: Side, other: Side): boolean {
  if (rule === 'smoke') return casesOf(side).includes(subject)
  if (side.silent?.has(rule) || other.silent?.has(rule)) return false
  const open = side.notChecked.filter((one) => one.rule === rule)
  return open.every(({ reason }) => other.notChecked.some((one) => one.rule === rule && one.reason === reason))
}

function casesOf({ cases, smoke }: Side): readonly string[] {
  return cases ?? smoke?.cases.filter(({ status }) => status !== 'skipped').map(({ name }) => name) ?? []
}

function exactKey({ rule, subject, owner = '' }: ReportedFinding): string {
  return JSON.stringify([rule, subject, owner])
}

function ownerKey({ rule, owner }: ReportedFinding): string | undefined {
  return owner === undefined ? undefined : JSON.stringify([rule, owner])
}
