import { noteInvocation } from './script-functions.ts'
import type { Token } from './script-tokens.ts'
import { type Frame, top, type Walk } from './script-walk.ts'

const CONTINUES = new Set([...'=+-*/%&|^<>,.?:([{!~', '=>', '?.', '??'])
const CARRIES_ON = new Set([...'.?:+-*/%&|<>=,([', '??', '?.'])
const ENDS = new Set([...')]};'])
/** Frames without brackets. */
export const PSEUDO = new Set<Frame['open']>(['arrow', 'branch', 'ternary'])

export function close(walk: Walk, at: number): void {
  const frame = walk.frames.pop()
  if (frame === undefined) return
  walk.here = undefined
  if (frame.verdict !== undefined)
    walk.lastBranch = { depth: walk.frames.length, verdict: frame.verdict, condition: frame.condition ?? '' }
  if (frame.kind === 'try' || frame.kind === 'catch') walk.pendingTry = frame.id
  if (frame.kind === 'function') noteInvocation(walk, frame, at)
}

/** Bodies and branches without brackets end with their statement. */
export function endPseudo(walk: Walk, at: number, token: Token): void {
  const before = walk.tokens[at - 1]
  const ends = (frame: Frame): boolean => {
    if (token.type === 'punctuation' && ENDS.has(token.value)) return true
    if (token.value === ',' && token.type === 'punctuation') return frame.open !== 'branch'
    if (token.value === 'else' && token.type === 'name') return true
    if (!token.fresh || at === frame.start + 1 || before === undefined) return false
    if (before.type === 'punctuation' && CONTINUES.has(before.value)) return false
    return !(token.type === 'punctuation' && CARRIES_ON.has(token.value)) && token.type !== 'template'
  }
  for (let frame = top(walk); frame !== undefined && PSEUDO.has(frame.open) && ends(frame); frame = top(walk)) {
    const isEnd = frame.open === 'branch' && token.value === ';'
    close(walk, at - 1)
    if (isEnd) break
  }
}
