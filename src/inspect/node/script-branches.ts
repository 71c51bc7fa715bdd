import { conditionText } from './condition-text.ts'
import { conditionArchitecture, conditionVerdict, negated, type Verdict } from './script-conditions.ts'
import { type Frame, push, text, top, type Walk } from './script-walk.ts'

export function openBranch(walk: Walk, at: number, verdict: Verdict, condition: string, architecture?: string): void {
  push(walk, {
    open: 'branch',
    start: at,
    dead: verdict === 'false',
    conditional: verdict === 'unknown',
    verdict,
    condition,
    ...(architecture === undefined ? {} : { architecture }),
  })
}

/** `if (…)` without a block. */
export function branchAfter(walk: Walk, open: number, at: number): void {
  if (text(walk, open - 1) !== 'if' || text(walk, at + 1) === '{') return
  const condition = conditionText(walk, open + 1, at)
  openBranch(
    walk,
    at,
    withElse(walk, open - 1, conditionVerdict(condition)),
    condition,
    conditionArchitecture(condition),
  )
}

export function ifBlock(walk: Walk, at: number, open: number): void {
  const condition = conditionText(walk, open + 1, at - 1)
  const architecture = conditionArchitecture(condition)
  const verdict = withElse(walk, open - 1, conditionVerdict(condition))
  push(walk, {
    open: '{',
    start: at,
    dead: verdict === 'false',
    conditional: verdict === 'unknown' && architecture === undefined,
    verdict,
    condition,
    ...(architecture === undefined ? {} : { architecture }),
  })
}

export function elseVerdict(walk: Walk): Verdict {
  return walk.lastBranch?.depth === walk.frames.length ? negated(walk.lastBranch.verdict) : 'unknown'
}

/** `else if`: never reached when an earlier condition holds for certain. */
function withElse(walk: Walk, keyword: number, verdict: Verdict): Verdict {
  return text(walk, keyword - 1) === 'else' && elseVerdict(walk) === 'false' ? 'false' : verdict
}

export function caseLabel(walk: Walk, at: number, value: string): void {
  const frame = top(walk) as Frame
  const subject = frame.subject ?? ''
  walk.here = undefined
  const literal = walk.tokens[at + 1]
  const isMatch = value === 'case' && literal?.type === 'text' && literal.value === 'linux'
  const follows = frame.labelled === true && text(walk, at - 1) === ':'
  if (/platform(?:\(\))?$/.test(subject)) {
    frame.dead = follows ? frame.dead && !isMatch : !isMatch
    if (value === 'default') frame.dead = true
  } else if (/arch(?:\(\))?$/.test(subject)) {
    if (value === 'case' && literal?.type === 'text' && !follows) frame.architecture = literal.value
    else frame.architecture = value === 'default' ? 'other' : (literal?.value ?? 'other')
  } else frame.conditional = true
  frame.labelled = true
}
