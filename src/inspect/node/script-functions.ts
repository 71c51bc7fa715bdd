import { place } from './script-places.ts'
import { type Frame, text, top, type Walk } from './script-walk.ts'

const EXECUTES = new Set(['forEach', 'map', 'some', 'find', 'every', 'filter', 'flatMap', 'reduce', 'findIndex'])

/** `end`: the arrow, or the brace of the body. */
export function addFunction(walk: Walk, at: number, end: number): number {
  const isArrow = text(walk, end) === '=>'
  const close = end - 1
  const open = text(walk, close) === ')' ? (walk.openers.get(close) ?? close) : close
  const parameters =
    open === close
      ? [text(walk, close)]
      : walk.tokens.slice(open + 1, close).flatMap((one) => (one.type === 'name' ? [one.value] : []))
  const names = namesOf(walk, open, isArrow)
  const wrapped = bundledName(walk)
  if (wrapped !== undefined) names.push(wrapped)
  const callback = callbackOf(walk)
  walk.functions.push({
    at,
    place: place(walk),
    names: names.filter((one) => one !== ''),
    parameters,
    invoked: callback !== undefined,
    ...(callback?.over === undefined ? {} : { over: callback.over }),
  })
  return walk.functions.length - 1
}

/** Its own name, its class, what it is assigned to. `open`: first token of its parameters. */
function namesOf(walk: Walk, open: number, isArrow: boolean): string[] {
  const names: string[] = []
  let head = open
  if (!isArrow) {
    head = open - 1
    if (text(walk, head) !== 'function') {
      names.push(text(walk, head))
      head--
      if (text(walk, head) === '*') head--
    }
    if (text(walk, head) === 'function') head--
  } else head--
  if (!isArrow && names[0] === 'constructor') {
    const owner = walk.frames.findLast(({ kind }) => kind === 'class')
    if (owner?.name !== undefined) names.push(owner.name)
  }
  while (text(walk, head) === 'async' || text(walk, head) === '(' || text(walk, head) === '!') head--
  let target = head
  while ((text(walk, target) === '=' || text(walk, target) === ':') && names.length < 6) {
    names.push(text(walk, target - 1))
    if (text(walk, target - 1) === 'exports' && text(walk, target - 2) === '.') names.push('default')
    target -= 2
    while (text(walk, target) === '.') target -= 2
  }
  if (text(walk, head) === 'default' && text(walk, head - 1) === 'export') names.push('default')
  return names
}

/** `var require_x = __commonJS({ "x.js"(exports) {} })`, as bundlers wrap a module that is loaded by `require_x()`. */
function bundledName(walk: Walk): string | undefined {
  const frame = walk.frames.findLast(({ open }) => open === '(')
  if (frame === undefined || walk.frames.length - walk.frames.indexOf(frame) > 2) return undefined
  if (!/^__(?:commonJS|esm)\w*$/.test(text(walk, frame.start - 1)) || text(walk, frame.start - 2) !== '=')
    return undefined
  return text(walk, frame.start - 3)
}

/** The function is an argument that is called at once. */
function callbackOf(walk: Walk): { readonly over?: number } | undefined {
  const frame = top(walk)
  if (frame?.open !== '(') return undefined
  const before = text(walk, frame.start - 1)
  if (EXECUTES.has(before) && /^\??\.$/.test(text(walk, frame.start - 2))) return { over: frame.start - 3 }
  // An argument of a function that is called where it is written (UMD).
  return before === ')' || before === '}' ? {} : undefined
}

/** At its end: it is called where it is written. */
export function noteInvocation(walk: Walk, frame: Frame, at: number): void {
  const one = walk.functions[frame.id]
  if (one === undefined || frame.open === 'arrow') {
    if (one !== undefined && text(walk, at + 1) === ')' && text(walk, at + 2) === '(') one.invoked = true
    return
  }
  let next = at + 1
  const opened = text(walk, next) === ')' && top(walk)?.open === '('
  if (opened) next++
  else if (isDeclaration(walk, frame)) return
  if (/^\??\.$/.test(text(walk, next)) && /^(?:call|apply)$/.test(text(walk, next + 1))) next += 2
  if (text(walk, next) === '(' && (opened || walk.tokens[next]?.fresh !== true)) one.invoked = true
}

function isDeclaration(walk: Walk, frame: Frame): boolean {
  return (
    text(walk, frame.start - 1) === ')' &&
    (walk.functions[frame.id]?.names.length ?? 0) > 0 &&
    !/^[=!(,]$/.test(text(walk, headOf(walk, frame)))
  )
}

function headOf(walk: Walk, frame: Frame): number {
  const head = (walk.openers.get(frame.start - 1) ?? frame.start) - 1
  // `function`, `function name`, `function* name`; a method has none of them.
  const keyword = [head, head - 1, head - 2].find((at) => text(walk, at) === 'function')
  return keyword === undefined ? -1 : keyword - 1
}
