import { code, message, prose, shorten } from './escape.ts'
import type { Report, ReportedBaseline } from './report.ts'

/** What has changed since the baseline, in one line; the size is in the table. */
export function baselineSection({ baseline, findings, subject, version }: Report): string {
  if (baseline === undefined) return ''
  if (baseline.unread !== undefined) {
    return `**Baseline:** nothing is compared, ${message(shorten(baseline.unread, 600))}.`
  }
  const count = (status: string) => findings.filter((one) => one.status === status).length
  const changes = [`${count('new')} new`, `${count('fixed')} fixed`, `${count('unchanged')} unchanged`]
  return `**Since ${name(baseline)}:** ${changes.join(' · ')}${otherName(baseline, subject.name)}${otherVersion(baseline, version)}`
}

function name({ source, reference, createdAt }: ReportedBaseline): string {
  if (source === 'report') return `the report of ${prose((createdAt ?? '').slice(0, 10))}`
  const image = code(shorten(reference.replace(/@(sha256:[0-9a-f]{12})[0-9a-f]+$/, '@$1'), 120))
  return source === 'deployed' ? `what the function runs, ${image}` : `the image ${image}`
}

/** Folders are called otherwise on other machines, so that alone is no other subject. */
function otherName({ name: before }: ReportedBaseline, now: string): string {
  if (before === undefined || before === now) return ''
  return ` (that report calls it ${code(shorten(before, 80))})`
}

/** A rule that is new in this version finds what was there before. */
function otherVersion({ version: before }: ReportedBaseline, version: string): string {
  if (before === undefined || before === version) return ''
  return ` (that report is of lambda-parity ${prose(shorten(before, 40))}: what newer rules find counts as new)`
}
