import { environmentTable } from './environment-table.ts'
import { code, fenced, message, prose } from './escape.ts'
import { findingLine, findingSection, helpSection } from './finding-section.ts'
import { publicationSection } from './publication-section.ts'
import type { Report } from './report.ts'
import { smokeLogs, smokeSection } from './smoke-section.ts'
import { count, headline, standing } from './verdict.ts'

export type RenderOptions = {
  /** Characters the text may have; GitHub's limits: 65,536 for a comment, 1 MiB of bytes for a summary. */
  readonly budget: number
  readonly runUrl?: string
  readonly commit?: string
}

/** A part of the report. Whole parts are left out, lowest `keep` first, so that no table or fence is ever cut. */
type Part = { readonly name: string; readonly text: string; readonly keep: number }

/** report.json as GitHub-flavoured Markdown: the answer first, then the evidence. Pure. */
export function renderMarkdown(report: Report, options: RenderOptions): string {
  const parts = reportParts(report, options).filter((part) => part.text !== '')
  const kept = new Set(parts)
  const leftOut: string[] = []
  const render = () =>
    assemble(
      parts.filter((part) => kept.has(part)),
      leftOut,
    )
  for (const part of [...parts].sort((one, other) => one.keep - other.keep)) {
    if (render().length <= options.budget) break
    kept.delete(part)
    leftOut.push(part.name)
  }
  return render()
}

function assemble(parts: readonly Part[], leftOut: readonly string[]): string {
  const note =
    leftOut.length === 0
      ? []
      : [`_Left out for length: ${[...new Set(leftOut)].join(', ')}. The full report is report.json of the run._`]
  return `${[...parts.map((part) => part.text), ...note].join('\n\n')}\n`
}

function reportParts(report: Report, options: RenderOptions): Part[] {
  const findings = standing(report.findings)
  const errors = findings.filter((finding) => finding.level === 'error')
  const others = findings.filter((finding) => finding.level !== 'error')
  const ignored = report.findings.filter((finding) => finding.ignored !== undefined)
  const { icon, text } = headline(report)
  return [
    { name: 'verdict', text: `### ${icon} ${message(text)}`, keep: 100 },
    { name: 'failure', text: failureText(report), keep: 95 },
    { name: 'environments', text: environmentTable(report), keep: 60 },
    { name: 'errors', text: errors.length > 0 ? '#### What is wrong' : '', keep: 90 },
    ...errors.map((finding, index) => ({
      name: 'further errors',
      text: findingSection(finding, index + 1),
      keep: 89 - Math.min(index, 28),
    })),
    { name: 'smoke', text: smokeSection(report.smoke), keep: 70 },
    { name: 'smoke logs', text: details('Function log of failed cases', smokeLogs(report.smoke)), keep: 20 },
    { name: 'publication', text: publicationSection(report), keep: 80 },
    { name: 'warnings and notes', text: details(levelCounts(others), others.map(findingLine).join('\n')), keep: 40 },
    {
      name: 'ignored findings',
      text: details(`Ignored: ${ignored.length}`, ignored.map(findingLine).join('\n')),
      keep: 10,
    },
    { name: 'what was not checked', text: notChecked(report), keep: 50 },
    { name: 'footer', text: footer(report, options), keep: 75 },
  ]
}

function failureText(report: Report): string {
  const { failure } = report
  if (failure === undefined || failure.code === 'findings' || failure.code === 'smoke-failed') return ''
  const [first = '', ...rest] = failure.message.split('\n')
  const more = rest.join('\n').trim() === '' ? '' : `\n${fenced(rest.join('\n'))}`
  return `**${failure.stage} failed** (${code(failure.code)}): ${message(first)}${more}\n\n${helpSection(failure.help)}`
}

function notChecked(report: Report): string {
  const lines = report.notChecked.map((one) => `- ${code(one.rule)}: ${message(one.reason)}`)
  return details(`Not checked: ${lines.length}`, lines.join('\n'))
}

function levelCounts(findings: readonly { level: string }[]): string {
  return ['warning', 'note']
    .map((level) => count(findings.filter((finding) => finding.level === level).length, level))
    .filter((text) => !text.startsWith('0 '))
    .join(', ')
}

function details(summary: string, body: string): string {
  return body === '' ? '' : `<details><summary>${prose(summary)}</summary>\n\n${body}\n\n</details>`
}

function footer(report: Report, options: RenderOptions): string {
  const ran = report.stages.filter((stage) => stage.status !== 'skipped' && stage.seconds >= 0.05)
  const total = report.stages.reduce((sum, stage) => sum + stage.seconds, 0)
  const parts = ran.map((stage) => `${stage.name} ${stage.seconds.toFixed(1)}`)
  const timing = `${total.toFixed(1)} s${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
  return `<sub>${[
    ...(options.runUrl === undefined ? [] : [`[run](${encodeURI(options.runUrl)})`]),
    ...(options.commit === undefined ? [] : [`commit ${code(options.commit.slice(0, 12))}`]),
    timing,
    `lambda-parity ${prose(report.version)}`,
  ].join(' · ')}</sub>`
}
