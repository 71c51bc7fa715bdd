import { LEVEL_RANK } from '../plan/plan.ts'
import type { Check, Finding, NotChecked, Subject } from './check.ts'
import { askedFor } from './facts/asked-for.ts'
import { located } from './facts/location.ts'
import { readerDefects } from './facts/reader-defects.ts'
import { unreadContent } from './facts/unread-content.ts'
import type { GroundedFinding } from './grounds.ts'
import { CHECKS } from './index.ts'
import { onePerCause } from './precedence.ts'

export type CheckResult = {
  /** Errors first, then by rule and subject; one per root cause. */
  readonly findings: readonly Finding[]
  readonly notChecked: readonly NotChecked[]
  /** Rules that threw: defects of ours, to be logged as errors. They stand in `notChecked` too. */
  readonly defects: readonly { readonly rule: string; readonly error: unknown }[]
}

/** Runs every rule that applies to the plan. Never throws: a rule that does is not counted as passed. */
export function runChecks(subject: Subject, checks: readonly Check[] = CHECKS): CheckResult {
  const findings: GroundedFinding[] = []
  const notChecked: NotChecked[] = [...readerDefects(subject.artifact)]
  const defects: { rule: string; error: unknown }[] = []
  for (const check of checks.filter((one) => one.appliesTo(subject.plan))) {
    const reason = unreadContent(check.id, subject.artifact)
    if (reason !== undefined) {
      notChecked.push({ rule: check.id, reason })
      continue
    }
    try {
      const result = check.run(subject)
      findings.push(...result.findings)
      if (result.notChecked !== undefined) notChecked.push({ rule: check.id, reason: result.notChecked })
    } catch (error) {
      defects.push({ rule: check.id, error })
      notChecked.push({ rule: check.id, reason: `a defect of lambda-parity, please report it: ${text(error)}` })
    }
  }
  return {
    findings: [...askedFor(located(onePerCause(findings), subject), subject)].sort(byLevel),
    notChecked,
    defects,
  }
}

function byLevel(a: Finding, b: Finding): number {
  return LEVEL_RANK[b.level] - LEVEL_RANK[a.level] || order(a.rule, b.rule) || order(a.subject, b.subject)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
