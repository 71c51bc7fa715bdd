import { text, type Walk } from './script-walk.ts'

const MOST_CONDITION = 60
/** Before a condition. */
const STARTS = new Set([...',;{}:?', '=>', 'return'])

/** Tokens without spaces, texts in double quotes; empty when there are too many. */
export function conditionText(walk: Walk, from: number, to: number): string {
  if (to - from > MOST_CONDITION) return ''
  return walk.tokens
    .slice(from, to)
    .map(({ type, value }) => (type === 'text' ? `"${value}"` : value))
    .join('')
}

/** Of a ternary, by its question mark. */
export function conditionBefore(walk: Walk, at: number): string {
  let from = at - 1
  let depth = 0
  while (from >= 0 && at - from < MOST_CONDITION) {
    const value = text(walk, from)
    if (value === ')' || value === ']') depth++
    else if (value === '(' || value === '[') {
      if (depth === 0) break
      depth--
    } else if (
      depth === 0 &&
      (STARTS.has(value) || (value === '=' && !/[=!]/.test(text(walk, from - 1)) && text(walk, from + 1) !== '='))
    )
      break
    from--
  }
  return conditionText(walk, from + 1, at)
}
