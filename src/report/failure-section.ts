import { code, fenced, message, plain, shorten } from './escape.ts'
import { helpSection } from './finding-section.ts'
import type { Report } from './report.ts'

const LONGEST_LINE = 1_500
const LONGEST_REST = 6_000

/** Which stage could not do its work, and what to do; findings speak for themselves. */
export function failureSection({ failure }: Report): string {
  if (failure === undefined || failure.code === 'findings' || failure.code === 'smoke-failed') return ''
  const [first = '', ...rest] = plain(failure.message).split('\n')
  const more = rest.join('\n').trim() === '' ? [] : [fenced(shorten(rest.join('\n'), LONGEST_REST), 'text')]
  const title = `**${failure.stage} failed** (${code(failure.code)}): ${message(shorten(first, LONGEST_LINE))}`
  return [title, ...more, helpSection(failure.help)].filter((block) => block !== '').join('\n\n')
}
