import type { Finding, NotChecked } from '../checks/check.ts'
import type { Outcome, Report, ReportedFinding } from '../report/report.ts'
import { type Hide, hide } from '../smoke/disclosure.ts'

type Record = Omit<Report, 'schema' | 'verdict'>

/**
 * The report without the values that nobody may read, wherever texts may hold one (the plan's table has none): what findings
 * and stages say, what the function answered. Words that the report's schema defines stay as they are.
 */
export function conceal<T extends Record>(report: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return report
  const hidden = hide(secrets)
  const { failure, smoke } = report
  return {
    ...report,
    subject: { ...report.subject, name: hidden.text(report.subject.name) },
    findings: report.findings.map((one) => finding(one, hidden)),
    notChecked: report.notChecked.map((one) => notChecked(one, hidden)),
    stages: report.stages.map((one) => stage(one, hidden)),
    smoke: {
      ...smoke,
      ...(smoke.reason === undefined ? {} : { reason: hidden.text(smoke.reason) }),
      cases: smoke.cases.map(({ response, error, logTail, ...rest }) => ({
        ...rest,
        ...(response === undefined ? {} : { response: hidden.json(response) }),
        ...(error === undefined
          ? {}
          : { error: { type: hidden.text(error.type), message: hidden.text(error.message) } }),
        ...(logTail === undefined ? {} : { logTail: hidden.text(logTail) }),
      })),
    },
    ...(failure === undefined
      ? {}
      : { failure: { ...failure, message: hidden.text(failure.message), help: hidden.text(failure.help) } }),
  }
}

function finding<T extends Finding | ReportedFinding>(one: T, { text }: Hide): T {
  return {
    ...one,
    subject: text(one.subject),
    message: text(one.message),
    help: text(one.help),
    examples: one.examples.map(text),
    ...(one.expected === undefined ? {} : { expected: text(one.expected) }),
    ...(one.actual === undefined ? {} : { actual: text(one.actual) }),
  }
}

function notChecked(one: NotChecked, { text }: Hide): NotChecked {
  return { ...one, reason: text(one.reason) }
}

function stage(one: Outcome, { text }: Hide): Outcome {
  return { ...one, detail: text(one.detail) }
}
