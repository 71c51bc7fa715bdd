import { createHash } from 'node:crypto'
import { plain } from '../escape.ts'
import { placeOf, placeOfRun, type Repository } from '../places.ts'
import type { Report, ReportedFinding } from '../report.ts'
import { sarifText } from './sarif-text.ts'

/** One finding; `ruleIndex` is the place of its rule in the driver's list. */
export function sarifResult(
  finding: ReportedFinding,
  ruleIndex: number,
  report: Report,
  repository: Repository,
): object {
  const { rule, level, ignored, status, subject, owner, confidence, count } = finding
  return {
    ...{ ruleId: rule, ruleIndex, level, message: { text: messageOf(finding) } },
    locations: [location(finding, report, repository)],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding, report).slice(0, 16)}:1` },
    suppressions:
      ignored === undefined ? [] : [{ kind: 'external', status: 'accepted', justification: sarifText(ignored) }],
    ...(status === 'new' || status === 'unchanged' ? { baselineState: status } : {}),
    properties: { subject: plain(subject), confidence, count, ...(owner === undefined ? {} : { owner }) },
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
  return sarifText(lines.join('\n'))
}

/** Code scanning needs a line; where none is known the first one of what the run was given stands for it. */
function location(finding: ReportedFinding, report: Report, repository: Repository): object {
  const place = placeOf(finding, repository) ?? placeOfRun(report, repository)
  const logicalLocations = [{ fullyQualifiedName: plain(finding.subject) }]
  if (place === undefined) return { logicalLocations }
  return {
    physicalLocation: {
      artifactLocation: { uri: place.file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
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
