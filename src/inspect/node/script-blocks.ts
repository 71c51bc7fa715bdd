import { conditionText } from './condition-text.ts'
import { elseVerdict, ifBlock } from './script-branches.ts'
import { addFunction } from './script-functions.ts'
import { catchBlock, finallyBlock, tryBlock } from './script-tries.ts'
import { push, text, type Walk } from './script-walk.ts'

/** Before parentheses that are neither a call nor parameters. */
export const CONTROL = new Set(['if', 'while', 'for', 'switch', 'with', 'catch'])

/** What a brace opens, by what is before it. */
export function openBrace(walk: Walk, at: number): void {
  const before = text(walk, at - 1)
  if (before === '=>') {
    push(walk, { open: '{', start: at, kind: 'function', id: addFunction(walk, at, at - 1) })
  } else if (before === 'try') {
    tryBlock(walk, at)
  } else if (before === 'catch') {
    catchBlock(walk, at)
  } else if (before === 'finally') {
    finallyBlock(walk, at)
  } else if (before === 'else') {
    const verdict = elseVerdict(walk)
    push(walk, {
      open: '{',
      start: at,
      dead: verdict === 'false',
      conditional: verdict === 'unknown',
      verdict,
      condition: walk.lastBranch?.condition ?? '',
    })
  } else if (before === ')') {
    afterHead(walk, at, walk.openers.get(at - 1) ?? at)
  } else {
    const named = classHead(walk, at)
    push(walk, { open: '{', start: at, ...(named === undefined ? {} : { kind: 'class' as const, name: named }) })
  }
}

/** After parentheses: `if (…) {`, `function (…) {`. */
function afterHead(walk: Walk, at: number, open: number): void {
  const keyword = text(walk, open - 1)
  if (keyword === 'catch' && text(walk, open - 2) !== '.') {
    catchBlock(walk, at)
    return
  }
  if (keyword === 'if') ifBlock(walk, at, open)
  else if (keyword === 'switch')
    push(walk, { open: '{', start: at, kind: 'switch', subject: conditionText(walk, open + 1, at - 1) })
  else if (CONTROL.has(keyword)) push(walk, { open: '{', start: at })
  else push(walk, { open: '{', start: at, kind: 'function', id: addFunction(walk, at, at) })
}

/** Name of the class whose body it is. */
function classHead(walk: Walk, at: number): string | undefined {
  for (let back = at - 1; back > at - 8 && back >= 0; back--) {
    if (text(walk, back) === 'class') return text(walk, back + 1)
    if (/^[;{}()=]$/.test(text(walk, back))) return undefined
  }
  return undefined
}
