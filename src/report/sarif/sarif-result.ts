import { createHash } from 'node:crypto'
import { plain, shorten } from '../escape.ts'
import { placeOf, placeOfRun, type Repository } from '../places.ts'
import type { Report, ReportedFinding } from '../report.ts'
import { sarifText } from './sarif-text.ts'

const LONGEST_MESSAGE = 8_000
const LONGEST_NAME = 1_000

/** The findings; `rules` is the driver's list. */
export function sarifResults(
  findings: readonly ReportedFinding[],
  rules: readonly string[],
  report: Report,
  repository: Repository,
): readonly object[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const hash = fingerprint(finding, report).slice(0, 16)
    // As the uploader of code scanning counts lines of one hash: equal ones would be one alert.
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return sarifResult(finding, rules.indexOf(finding.rule), `${hash}:${count}`, report, repository)
  })
}

function sarifResult(
  finding: ReportedFinding,
  ruleIndex: number,
  primaryLocationLineHash: string,
  report: Report,
  repository: Repository,
): object {
  const { rule, level, ignored, status, subject, owner, confidence, count } = finding
  return {
    ...{ ruleId: rule, ruleIndex, level, message: { text: messageOf(finding) } },
    locations: [location(finding, report, repository)],
    partialFingerprints: { primaryLocationLineHash },
    suppressions:
      ignored === undefined
        ? []
        : [{ kind: 'external', status: 'accepted', justification: sarifText(ignored, LONGEST_NAME) }],
    ...(status === 'new' || status === 'unchanged' ? { baselineState: status } : {}),
    properties: { subject: name(subject), confidence, count, ...(owner === undefined ? {} : { owner: name(owner) }) },
  }
}

function messageOf({ message, expected, actual, help, subject }: ReportedFinding): string {
  const lines = [
    message,
    `Where: ${subject}`,
    ...(expected === undefined ? [] : [`Expected: ${expected}`]),
    ...(actual === undefined ? [] : [`Actual: ${actual}`]),
    `Fix: ${help}`,
  ]
  return sarifText(lines.join('\n'), LONGEST_MESSAGE)
}

/** Code scanning needs a line; where none is known the first one of what the run was given stands for it. */
function location(finding: ReportedFinding, report: Report, repository: Repository): object {
  const place = placeOf(finding, repository) ?? placeOfRun(report, repository)
  const logicalLocations = [{ fullyQualifiedName: name(finding.subject) }]
  if (place === undefined) return { logicalLocations }
  return {
    physicalLocation: {
      artifactLocation: {
        uri: place.file.toWellFormed().split('/').map(encodeURIComponent).join('/'),
        uriBaseId: '%SRCROOT%',
      },
      region: { startLine: place.line },
    },
    logicalLocations,
  }
}

/**
 * The same for the same problem in every run, wherever its line has moved: what a rule says of which thing. Code scanning
 * takes it under the name that it otherwise fills with a hash of the line, which findings of one COPY would share.
 */
function fingerprint({ rule, subject, owner = '' }: ReportedFinding, { subject: of }: Report): string {
  const parts = ['1', of.kind, of.name, of.architecture, rule, subject, owner]
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

function name(text: string): string {
  return shorten(plain(text), LONGEST_NAME)
}
