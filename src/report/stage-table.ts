import { cellMessage, shorten } from './escape.ts'
import type { Outcome } from './report.ts'

const ICON = { passed: '✅', failed: '❌', skipped: '➖' } as const

/** What each stage did, how long it took, or why it did not run. */
export function stageTable(stages: readonly Outcome[]): string {
  const rows = stages.map(({ name, status, seconds, detail }) => {
    const time = status === 'skipped' ? '' : ` ${seconds.toFixed(1)} s`
    return `| ${name} | ${ICON[status]}${time} | ${cellMessage(shorten(detail, 300)) || '–'} |`
  })
  return ['| stage | result | |', '|---|---|---|', ...rows].join('\n')
}
