import { close, endPseudo, PSEUDO } from './frame-ends.ts'
import { CONTROL, openBrace } from './script-blocks.ts'
import { branchAfter, caseLabel, elseVerdict, openBranch } from './script-branches.ts'
import { addFunction } from './script-functions.ts'
import { conditionsHere, place } from './script-places.ts'
import type { Structure } from './script-structure.ts'
import { alternative, openTernary } from './script-ternaries.ts'
import type { Token } from './script-tokens.ts'
import { noteCode, noteReturn } from './script-tries.ts'
import { type Frame, push, startWalk, text, top, type Walk } from './script-walk.ts'

const MARKS = new Set(['(', '[', '{', ')', ']', '}', '=>', '?', ':'])

/** Functions, `try` blocks, conditions, calls and throws of a script. */
export function scriptStructure(tokens: readonly Token[]): Structure {
  const walk = startWalk(tokens)
  const { frames } = walk
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const { value } = token
    if (frames.length > 0 && PSEUDO.has((frames[frames.length - 1] as Frame).open)) endPseudo(walk, at, token)
    if (token.type === 'name') readName(walk, at, value)
    else if (token.type === 'punctuation') readMark(walk, at, value)
  }
  while (frames.length > 0) close(walk, tokens.length)
  const { functions, tries, calls, throws, closers, statements } = walk
  return { functions, tries, calls, throws, closers, isModule: statements.length > 0, statements }
}

function readName(walk: Walk, at: number, value: string): void {
  const before = text(walk, at - 1)
  const next = text(walk, at + 1)
  if (value === 'throw' || (value === 'exit' && before === '.' && text(walk, at - 2) === 'process')) {
    walk.throws.push({ at, place: place(walk), ...conditionsHere(walk) })
    return
  }
  if (
    (value === 'import' || value === 'export') &&
    walk.frames.length === 0 &&
    next !== '(' &&
    next !== '.' &&
    before !== '.'
  )
    walk.statements.push(at)
  if (value === 'else' && before !== '.' && next !== 'if' && next !== '{' && next !== ':')
    openBranch(walk, at, elseVerdict(walk), walk.lastBranch?.condition ?? '')
  if ((value === 'case' || value === 'default') && before !== '.' && next !== ':' && top(walk)?.kind === 'switch')
    caseLabel(walk, at, value)
  if (value === 'default' && next === ':' && top(walk)?.kind === 'switch') caseLabel(walk, at, value)
  if (next === '(' && before !== 'function' && !CONTROL.has(value)) {
    const receiver = before === '.' || before === '?.' ? text(walk, at - 2) : undefined
    walk.calls.push({
      at,
      place: place(walk),
      name: value,
      open: at + 1,
      ...(receiver === undefined ? {} : { receiver }),
    })
  }
  // `x["default"](…)`
  if (next === '[' && text(walk, at + 3) === ']' && text(walk, at + 4) === '(' && walk.tokens[at + 2]?.type === 'text')
    walk.calls.push({ at, place: place(walk), name: walk.tokens[at + 2]?.value ?? '', open: at + 4, receiver: value })
  if (value === 'code' && before === '.') noteCode(walk)
  if (value === 'return' && before !== '.') noteReturn(walk)
}

function readMark(walk: Walk, at: number, value: string): void {
  if (!MARKS.has(value)) return
  if (value === '(' || value === '[') push(walk, { open: value, start: at })
  else if (value === '{') openBrace(walk, at)
  else if (value === ')' || value === ']' || value === '}') {
    const opened = top(walk)
    if (opened !== undefined) {
      walk.closers.set(opened.start, at)
      walk.openers.set(at, opened.start)
    }
    close(walk, at)
    if (value === ')' && opened !== undefined) branchAfter(walk, opened.start, at)
  } else if (value === '=>' && text(walk, at + 1) !== '{') {
    push(walk, { open: 'arrow', start: at, kind: 'function', id: addFunction(walk, at, at) })
  } else if (value === '?') {
    openTernary(walk, at)
  } else if (value === ':') {
    alternative(walk, at)
  }
}
