import { conditionBefore } from './condition-text.ts'
import { close } from './frame-ends.ts'
import { conditionVerdict, negated } from './script-conditions.ts'
import { push, top, type Walk } from './script-walk.ts'

// Of other conditions nothing is known anyway.
const TELLING = /platform|typeof|process|is_?[a-z]/i

/** At the question mark. */
export function openTernary(walk: Walk, at: number): void {
  const condition = conditionBefore(walk, at)
  const verdict = TELLING.test(condition) ? conditionVerdict(condition) : 'unknown'
  push(walk, { open: 'ternary', start: at, dead: verdict === 'false', conditional: verdict === 'unknown', verdict })
}

/** At a colon, which may be one of something else. */
export function alternative(walk: Walk, at: number): void {
  while (top(walk)?.open === 'arrow' && walk.frames.some(({ open }) => open === 'ternary')) close(walk, at - 1)
  const frame = top(walk)
  if (frame?.open === 'ternary') {
    const verdict = negated(frame.verdict ?? 'unknown')
    walk.frames.pop()
    walk.here = undefined
    push(walk, { open: 'arrow', start: at, dead: verdict === 'false', conditional: verdict === 'unknown' })
  }
}
