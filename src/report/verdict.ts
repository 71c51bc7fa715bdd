import type { Outcome, ReportedFinding, Verdict } from './report.ts'

export type ParityStatus = 'passed' | 'warned' | 'failed' | 'not-checked'

/**
 * `failed` when a stage could not do its work or findings stopped the run; `warned` when anything stands above note, or
 * when nothing was there to be checked.
 */
export function verdict(stages: readonly Outcome[], findings: readonly ReportedFinding[]): Verdict {
  if (stages.some((stage) => stage.status === 'failed')) return 'failed'
  const unchecked = stages.some(({ name, status }) => name === 'check' && status === 'skipped')
  return unchecked || standing(findings).some((finding) => finding.level !== 'note') ? 'warned' : 'passed'
}

/** What the checks found, the smoke apart. `not-checked` when the check stage never ran to its end. */
export function parityStatus(stages: readonly Outcome[], findings: readonly ReportedFinding[]): ParityStatus {
  const check = stages.find((stage) => stage.name === 'check')
  if (check === undefined || check.status === 'skipped') return 'not-checked'
  const levels = standing(findings)
    .filter((finding) => finding.rule !== 'smoke')
    .map((finding) => finding.level)
  if (levels.includes('error')) return 'failed'
  return levels.includes('warning') ? 'warned' : 'passed'
}

/** Findings that count: neither ignored nor fixed. */
export function standing(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return findings.filter((finding) => finding.ignored === undefined && finding.status !== 'fixed')
}

/** `1 error`, `2 errors`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
