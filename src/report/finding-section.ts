import type { Level } from '../checks/check.ts'
import { code, fenced, message, prose } from './escape.ts'
import type { ReportedFinding } from './report.ts'

/** One finding in full: what, where, expected, actual, and a fix that can be pasted. */
export function findingSection(finding: ReportedFinding, index: number, examples = 5): string {
  const title = `**${index}. ${message(finding.message)}** (${[code(finding.rule), finding.confidence, finding.status].filter(Boolean).join(', ')})`
  const where = finding.count > 1 ? `${code(finding.subject)} and ${finding.count - 1} more` : code(finding.subject)
  const facts = [
    `- where: ${where}${finding.owner === undefined ? '' : ` (${code(finding.owner)})`}${place(finding)}`,
    ...(finding.expected === undefined ? [] : [`- expected: ${message(finding.expected)}`]),
    ...(finding.actual === undefined ? [] : [`- actual: ${message(finding.actual)}`]),
  ]
  const shown = finding.examples.filter((example) => example !== finding.subject).slice(0, examples)
  const list = shown.length > 0 ? [fenced(shown.join('\n'))] : []
  return [title, '', ...facts, ...list, '', helpSection(finding.help)].join('\n')
}

/** As editors and terminals write it: `Dockerfile:12`. */
function place({ location }: ReportedFinding): string {
  return location === undefined ? '' : `, ${code(`${location.file}:${location.line}`)}`
}

/** The first paragraph of `help` is a sentence; what follows it is a snippet to paste. */
export function helpSection(help: string): string {
  const [sentence = '', ...snippet] = help.split('\n')
  const text = `Fix: ${message(sentence)}`
  return snippet.join('').trim() === '' ? text : `${text}\n${fenced(snippet.join('\n').replace(/^\n+/, ''))}`
}

/** One line for findings that did not stop anything. */
export function findingLine(finding: ReportedFinding): string {
  const ignored = finding.ignored === undefined ? '' : ` – ignored: ${prose(finding.ignored)}`
  const [sentence = ''] = finding.help.split('\n')
  return `- ${ICON[finding.level]} ${code(finding.rule)} ${message(finding.message)}${ignored}${sentence === '' ? '' : `<br>Fix: ${message(sentence)}`}`
}

const ICON: Readonly<Record<Level, string>> = { error: '❌', warning: '⚠️', note: 'ℹ️' }
