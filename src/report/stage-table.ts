import { breakableMessage, shorten } from './escape.ts'
import type { Outcome } from './report.ts'

const ICON = { passed: '✅', failed: '❌', skipped: '➖' } as const

/** What each stage did, how long it took, or why it did not run. */
export function stageTable(stages: readonly Outcome[]): string {
  const rows = stages.map(({ name, status, seconds, detail }) => {
    const time = status === 'skipped' ? '' : ` ${seconds.toFixed(1)} s`
    return `| ${name} | ${ICON[status]}${time} | ${breakableMessage(shorten(withShortDigests(detail), 300)) || '–'} |`
  })
  return ['| stage | result | |', '|---|---|---|', ...rows].join('\n')
}

/** A digest has no place to be broken at, and stands whole in report.json. */
function withShortDigests(text: string): string {
  return text.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…')
}
