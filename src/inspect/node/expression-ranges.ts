import type { Token } from './script-tokens.ts'

/** An expression in tokens: its first, and the one after its last. */
export type Range = readonly [number, number]

/** Of more than this nothing is told. */
export const LONGEST_EXPRESSION = 4000
const OPENS = new Set(['(', '[', '{'])
const CLOSES = new Set([')', ']', '}'])

/** `[from, to)` cut at a mark outside of brackets. */
export function splitTop(tokens: readonly Token[], from: number, to: number, mark: string): readonly Range[] {
  const ranges: Range[] = []
  let depth = 0
  let start = from
  for (let at = from; at < to; at++) {
    const { type, value } = tokens[at] as Token
    if (type !== 'punctuation') continue
    if (OPENS.has(value)) depth++
    else if (CLOSES.has(value)) depth--
    else if (value === mark && depth === 0) {
      if (at > start) ranges.push([start, at])
      start = at + 1
    }
  }
  if (to > start) ranges.push([start, to])
  return ranges
}

/** `a ? b : c`, `a || b`, `a ?? b`: what the expression may be. */
export function splitChoice(tokens: readonly Token[], from: number, to: number): readonly Range[] | undefined {
  const [condition, ...rest] = splitTop(tokens, from, to, '?')
  if (condition !== undefined && rest.length > 0)
    return splitTop(tokens, condition[1] + 1, to, ':').flatMap((range) => [range])
  for (const mark of ['|', '??']) {
    const parts = splitTop(tokens, from, to, mark)
    if (parts.length > 1) return parts
  }
  return undefined
}

/** An expression ends with its statement, at a comma or at the bracket around it. */
export function endOfExpression(tokens: readonly Token[], from: number): number {
  let depth = 0
  const end = Math.min(tokens.length, from + LONGEST_EXPRESSION + 1)
  for (let at = from; at < end; at++) {
    const { type, value, fresh } = tokens[at] as Token
    if (
      fresh &&
      depth === 0 &&
      at > from &&
      endsLine(tokens[at - 1] as Token) &&
      !(type === 'punctuation' && /^(?:[.?:+|&]|\?\.|\?\?)$/.test(value))
    )
      return at
    if (type !== 'punctuation') continue
    if (OPENS.has(value)) depth++
    else if (CLOSES.has(value) && --depth < 0) return at
    else if (depth === 0 && (value === ',' || value === ';')) return at
  }
  return end
}

function endsLine({ type, value }: Token): boolean {
  return type !== 'punctuation' || /^[)\]}]$/.test(value)
}
