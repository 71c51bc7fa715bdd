import type { Level } from '../checks/check.ts'
import type { Annotation } from '../ports/log.ts'
import { plain, shorten } from './escape.ts'
import { withoutLinks } from './inert.ts'
import { placeOf, type Repository } from './places.ts'
import type { Report, ReportedFinding } from './report.ts'
import { standing } from './verdict.ts'

const LEVELS: Readonly<Record<Level, Annotation['level']>> = { error: 'error', warning: 'warning', note: 'notice' }
/** The runner takes ten of a level and step: the run's own failure and warnings need room beside the findings. */
const MOST: Readonly<Record<Annotation['level'], number>> = { error: 9, warning: 7, notice: 10 }
/** The runner cuts a message at 4,096 characters. */
const CHARACTERS = 4_000

/**
 * Findings as annotations: of each level first those that stand at a line, which a reviewer sees in the diff, then in the
 * order of the report. Where not all have room the last one says how many more there are. Pure.
 */
export function annotationsOf(report: Report, repository: Repository): Annotation[] {
  const findings = standing(report.findings)
  return (['error', 'warning', 'note'] as const).flatMap((level) => {
    const located = (finding: ReportedFinding) => (placeOf(finding, repository) === undefined ? 1 : 0)
    const of = findings.filter((finding) => finding.level === level).toSorted((a, b) => located(a) - located(b))
    const most = MOST[LEVELS[level]]
    const shown = of.length > most ? of.slice(0, most - 1) : of
    const annotations = shown.map((finding) => annotationOf(finding, repository))
    return shown.length === of.length ? annotations : [...annotations, furtherOnes(level, of.length - shown.length)]
  })
}

function annotationOf(finding: ReportedFinding, repository: Repository): Annotation {
  const { rule, level, subject, message, expected, actual, help } = finding
  const place = placeOf(finding, repository)
  const lines = [
    message,
    ...(message.includes(subject) ? [] : [`where: ${subject}`]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(actual === undefined ? [] : [`actual: ${actual}`]),
    `fix: ${help}`,
  ]
  return {
    level: LEVELS[level],
    title: `lambda-parity: ${rule}`,
    message: shorten(withoutLinks(plain(lines.join('\n'))), CHARACTERS),
    ...(place === undefined ? {} : { place }),
  }
}

function furtherOnes(level: Level, number: number): Annotation {
  const message = `${number} more findings of level ${level} are in the job summary and in report.json.`
  return { level: LEVELS[level], title: 'lambda-parity', message }
}
