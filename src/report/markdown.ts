import { type Budget, type LeftOut, withinBudget } from './budget.ts'
import { type Origin, runLink } from './footer.ts'
import { reportParts } from './parts.ts'
import type { Report } from './report.ts'

export type RenderOptions = Origin & {
  /** What the text may have; characters (UTF-16 units) unless told. GitHub's limits: 65,536 for a comment, 1 MiB of bytes for a summary. */
  readonly budget: number
  readonly unit?: Budget['unit']
}

/** report.json as GitHub-flavoured Markdown: the answer first, then the evidence. Pure. */
export function renderMarkdown(report: Report, { budget, unit = 'characters', ...origin }: RenderOptions): string {
  return withinBudget(reportParts(report, origin), { size: budget, unit }, (leftOut) => leftOutNote(leftOut, origin))
}

/** What had to go, counted, and where the whole is. */
function leftOutNote(leftOut: readonly LeftOut[], { runUrl }: Origin): string {
  const of = (what: LeftOut['what']) => counted(leftOut.filter((one) => one.what === what).map(({ name }) => name))
  const [whole, details] = [of('whole'), of('details')]
  const said = [...whole, ...details.map((words) => `details of ${words}`)].join(', ')
  const where = runUrl === undefined ? 'report.json' : `report.json of the ${runLink('run', runUrl)}`
  return `_Left out for length: ${said}. The full report is ${where} (output \`report-json\`)._`
}

/** `3 warnings`, `12 notes`; each of these words is our own. */
function counted(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, number]) => `${number} ${number === 1 ? name : plural(name)}`)
}

function plural(name: string): string {
  return name.startsWith('reason ') ? name.replace('reason', 'reasons') : `${name}s`
}
