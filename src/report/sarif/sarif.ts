import type { Repository } from '../places.ts'
import type { Report } from '../report.ts'
import { PROJECT } from '../rule-page.ts'
import { sarifResult } from './sarif-result.ts'
import { sarifRule } from './sarif-rule.ts'
import { sarifText } from './sarif-text.ts'

/** Results of one run that code scanning shows; it refuses files above 25,000. */
const MOST_RESULTS = 5_000
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/**
 * report.json as SARIF 2.1.0, in the subset that GitHub code scanning documents. Findings that were fixed since the
 * baseline are left out; ignored ones are suppressed results. Pure.
 */
export function sarifOf(report: Report, repository: Repository): object {
  const findings = report.findings.filter(({ status }) => status !== 'fixed').slice(0, MOST_RESULTS)
  const rules = [...new Set([...findings, ...report.notChecked].map(({ rule }) => rule))]
  const { kind, name, architecture } = report.subject
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
        automationDetails: { id: `lambda-parity/${[kind, name, architecture].map(encodeURIComponent).join('/')}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [invocation(report)],
        results: findings.map((finding) => sarifResult(finding, rules.indexOf(finding.rule), report, repository)),
      },
    ],
  }
}

/** What could not be checked, and why the run ended, so that no silence is taken for a pass. */
function invocation({ notChecked, failure }: Report): object {
  const ended = failure !== undefined && failure.code !== 'findings' && failure.code !== 'smoke-failed'
  const unchecked = notChecked.map(({ rule, reason }) => ({
    descriptor: { id: rule },
    level: 'note',
    message: { text: sarifText(`Not checked: ${reason}`) },
  }))
  const end = { level: 'error', message: { text: sarifText(`${failure?.stage} failed: ${failure?.message}`) } }
  return { executionSuccessful: !ended, toolExecutionNotifications: ended ? [...unchecked, end] : unchecked }
}
