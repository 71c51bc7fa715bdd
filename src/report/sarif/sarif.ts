import type { Repository } from '../places.ts'
import type { Report } from '../report.ts'
import { PROJECT } from '../rule-page.ts'
import { sarifResults } from './sarif-result.ts'
import { sarifRule } from './sarif-rule.ts'
import { sarifText } from './sarif-text.ts'

/** Results of one run that code scanning shows; it refuses files above 25,000. */
const MOST_RESULTS = 5_000
/** It refuses files above 10 MB after gzip, which makes no text longer than this by more than a thousandth. */
const MOST_BYTES = 9_000_000
const LONGEST_REASON = 2_000
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/**
 * report.json as SARIF 2.1.0, in the subset that GitHub code scanning documents. Findings that were fixed since the
 * baseline are left out; ignored ones are suppressed results. Pure.
 */
export function sarifOf(report: Report, repository: Repository): object {
  const told = report.findings.filter(({ status }) => status !== 'fixed')
  const findings = told.slice(0, MOST_RESULTS)
  const rules = [...new Set([...findings, ...report.notChecked].map(({ rule }) => rule))]
  const { kind, name, architecture } = report.subject
  const results = withinSize(sarifResults(findings, rules, report, repository))
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'lambda-parity',
            semanticVersion: report.version,
            informationUri: PROJECT,
            rules: rules.map((rule) => sarifRule(rule, report.version)),
          },
        },
        // The category: two subjects of one commit do not replace each other's alerts.
        automationDetails: {
          id: `lambda-parity/${[kind, name, architecture].map((part) => encodeURIComponent(part.toWellFormed())).join('/')}/`,
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [invocation(report, told.length - results.length)],
        results,
      },
    ],
  }
}

/** The first results that have room: they come by level. */
function withinSize(results: readonly object[]): readonly object[] {
  let bytes = 0
  const last = results.findIndex((result) => {
    bytes += Buffer.byteLength(JSON.stringify(result))
    return bytes > MOST_BYTES
  })
  return last === -1 ? results : results.slice(0, last)
}

/** What could not be checked or shown, and why the run ended, so that no silence is taken for a pass. */
function invocation({ notChecked, failure }: Report, leftOut: number): object {
  const ended = failure !== undefined && failure.code !== 'findings' && failure.code !== 'smoke-failed'
  const unchecked = notChecked.map(({ rule, reason }) => ({
    descriptor: { id: rule },
    level: 'note',
    message: { text: sarifText(`Not checked: ${reason}`, LONGEST_REASON) },
  }))
  const end = {
    level: 'error',
    message: { text: sarifText(`${failure?.stage} failed: ${failure?.message}`, LONGEST_REASON) },
  }
  const more = { level: 'note', message: { text: `${leftOut} more findings stand in report.json.` } }
  return {
    executionSuccessful: !ended,
    toolExecutionNotifications: [...unchecked, ...(leftOut > 0 ? [more] : []), ...(ended ? [end] : [])],
  }
}
