import { baselineSection } from './baseline-section.ts'
import type { Part, Wrapper } from './budget.ts'
import { causes, isSeenToFail } from './causes.ts'
import { environmentTable } from './environment-table.ts'
import { code, htmlText, message, prose, shorten } from './escape.ts'
import { failureSection } from './failure-section.ts'
import { findingLine, findingName, findingSection, LEVEL_ICON } from './finding-section.ts'
import { footer, type Origin } from './footer.ts'
import { headline } from './headline.ts'
import { jointFixes } from './joint-fix.ts'
import { publicationSection } from './publication-section.ts'
import type { Report, ReportedFinding } from './report.ts'
import { folderTable, megabytes } from './size.ts'
import { smokeLogs, smokeSection } from './smoke-section.ts'
import { stageTable } from './stage-table.ts'
import { count, standing } from './verdict.ts'

/**
 * The report from top to bottom: the answer, the three environments, what is wrong, the smoke, what was published, and
 * everything long folded away. Each part says how dear it is when there is not room for all.
 */
export function reportParts(report: Report, origin: Origin): readonly Part[] {
  const { icon, text } = headline(report)
  const { subject, stages, smoke } = report
  return [
    {
      name: 'verdict',
      text: `### ${icon} ${message(text)}`,
      short: `### ${icon} ${prose(shorten(subject.name, 20))}`,
      keep: 100,
    },
    { name: 'table of environments', text: environmentTable(report), keep: 60 },
    { name: 'comparison with the baseline', text: baselineSection(report), keep: 65 },
    { name: 'failure', text: failureSection(report), keep: 95 },
    ...wrong(report),
    { name: 'smoke', text: smokeSection(report), keep: 70 },
    ...smokeLogs(smoke).map((log) => ({ name: 'log', text: log.text, keep: 20, within: LOGS })),
    { name: 'publication', text: publicationSection(report), keep: 80 },
    ...mentioned(report),
    ...folded(
      'Fixed since the baseline',
      report.findings.filter(({ status }) => status === 'fixed'),
      'fixed finding',
      22,
    ),
    ...folded(
      'Ignored',
      report.findings.filter((one) => one.ignored !== undefined && one.status !== 'fixed'),
      'ignored finding',
      10,
    ),
    ...notChecked(report),
    { name: 'list of the largest folders', text: details(sizeTitle(report), folderTable(report)), keep: 8 },
    { name: 'list of stages', text: details('Stages', stageTable(stages)), keep: 5 },
    { name: 'footer', text: footer(report, origin), keep: 85 },
  ]
}

/** The first cause stays longest, and the first three in full. */
function wrong(report: Report): Part[] {
  const told = causes(report)
  if (told.length === 0) return []
  const sections = told.map(
    (finding, index): Part => ({
      name: finding.level,
      text: findingSection(
        finding,
        told.length === 1 ? icon(finding) : `${icon(finding)} ${index + 1}.`,
        mendedBy(finding, told.slice(0, index)),
      ),
      short: findingLine(finding),
      keep: index === 0 ? 90 : 68,
      keepWhole: index < 3 ? 50 : 30,
    }),
  )
  const joint = jointFixes(told, unstopped(report)).map((text): Part => ({ name: 'command', text, keep: 67 }))
  return [{ name: 'heading', text: '#### What is wrong', keep: 91 }, ...sections, ...joint]
}

/** The number of an earlier cause with the same command: one stage with another base mends all that it installs. */
function mendedBy({ help }: ReportedFinding, earlier: readonly ReportedFinding[]): number | undefined {
  const at = help.includes('\n') ? earlier.findIndex((one) => one.help === help) : -1
  return at === -1 ? undefined : at + 1
}

function icon(finding: ReportedFinding): string {
  return LEVEL_ICON[isSeenToFail(finding) ? 'error' : finding.level]
}

function unstopped(report: Report): readonly ReportedFinding[] {
  const told = new Set(causes(report))
  return standing(report.findings).filter((one) => !told.has(one) && one.level !== 'error')
}

/** Warnings and notes that stopped nothing, folded. */
function mentioned(report: Report): Part[] {
  const others = unstopped(report)
  const title = (['warning', 'note'] as const)
    .map((level) => count(others.filter((one) => one.level === level).length, level))
    .filter((words) => !words.startsWith('0 '))
    .join(', ')
  const within = wrapper(title, '\n\n')
  return others.map(
    (finding): Part => ({
      name: finding.level,
      text: findingSection(finding, LEVEL_ICON[finding.level]),
      short: findingName(finding),
      keep: finding.level === 'warning' ? 40 : 15,
      keepWhole: finding.level === 'warning' ? 25 : 12,
      within,
    }),
  )
}

function folded(title: string, findings: readonly ReportedFinding[], name: string, keep: number): Part[] {
  const within = wrapper(`${title}: ${findings.length}`, '\n')
  return findings.map((finding) => ({ name, text: findingLine(finding), short: findingName(finding), keep, within }))
}

function notChecked({ notChecked: reasons }: Report): Part[] {
  const within = wrapper(`Not checked: ${reasons.length}`, '\n')
  // One reason may hold for most rules.
  return [...Map.groupBy(reasons, ({ reason }) => reason).values()].map((same) => {
    const rules = same.map(({ rule }) => code(shorten(rule, 60))).join(', ')
    return {
      name: 'reason why rules were not checked',
      text: `- ${rules}: ${message(shorten(same[0]?.reason ?? '', 600))}`,
      short: `- ${rules}`,
      keep: 45,
      keepWhole: 18,
      within,
    }
  })
}

function sizeTitle({ subject: { bytes } }: Report): string {
  return `Where the ${megabytes(bytes?.uncompressed ?? 0)} are`
}

const LOGS = wrapper('Function log of failed cases', '\n\n')

function details(summary: string, body: string): string {
  const { before, after } = wrapper(summary, '')
  return body === '' ? '' : `${before}${body}${after}`
}

function wrapper(summary: string, separator: string): Wrapper {
  return { before: `<details><summary>${htmlText(summary)}</summary>\n\n`, after: '\n\n</details>', separator }
}
