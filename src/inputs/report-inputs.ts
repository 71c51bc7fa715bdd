import type { InputRow } from './input-row.ts'
import { anyText, boolean, matching } from './parsers.ts'

export const REPORT_INPUTS = {
  comment: { parse: boolean, declaredDefault: 'true' },
  'comment-key': { parse: matching(/^.{1,100}$/, 'Accepted: one line of at most 100 characters.') },
  'github-token': { parse: anyText, secret: true },
  'report-dir': { parse: anyText },
} as const satisfies Record<string, InputRow<unknown>>
