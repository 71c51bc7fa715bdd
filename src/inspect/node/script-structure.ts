import { conditionArchitecture, conditionVerdict, negated, type Verdict } from './script-conditions.ts'
import type { Token } from './script-tokens.ts'

/** Where something stands in a script. */
export type Place = {
  /** Innermost function, 0 for the script itself. */
  readonly within: number
  /** `try` blocks of that function around it, outermost first. */
  readonly tries: readonly number[]
  /** The `try` whose `catch` block it stands in, inside of its function. */
  readonly catching?: number
  /** Never reached on Linux in Node.js. */
  readonly dead: boolean
  /** Reached under a condition that is not known. */
  readonly conditional: boolean
  /** Reached on this processor only, as `process.arch` names it. */
  readonly architecture?: string
}

export type ScriptFunction = {
  readonly at: number
  readonly place: Place
  /** Its own name, the variables and properties it is assigned to, the class that it constructs. */
  readonly names: string[]
  readonly parameters: readonly string[]
  /** Called where it is written: `(function () {})()`, `list.forEach(() => {})`. */
  invoked: boolean
  /** The list that a callback goes through: index of the token before `.forEach`. */
  readonly over?: number
}

export type ScriptTry = {
  readonly place: Place
  caught: boolean
  rethrows: boolean
  always: boolean
  checksCode: boolean
  returnsAnyway: boolean
}

export type Call = {
  readonly at: number
  readonly place: Place
  readonly name: string
  readonly receiver?: string
  readonly open: number
}

export type Throw = {
  readonly at: number
  readonly place: Place
  /** Of its function, innermost first; of an `else` that of its `if`. */
  readonly conditions: readonly string[]
  /** Conditions between it and the `catch` that it stands in. */
  readonly inCatch: number
}

/** Index of a token by that of another. */
export type Pairs = { get(at: number): number | undefined }

export type Structure = {
  readonly functions: readonly ScriptFunction[]
  readonly tries: readonly ScriptTry[]
  readonly calls: readonly Call[]
  readonly throws: readonly Throw[]
  /** Token after a closing bracket by the index of the opening one. */
  readonly closers: Pairs
  readonly isModule: boolean
  /** Index of `import`/`export` tokens of module statements. */
  readonly statements: readonly number[]
}

/** The script itself. */
export const SCRIPT: Place = { within: 0, tries: [], dead: false, conditional: false }

type Frame = {
  readonly open: '(' | '[' | '{' | 'arrow' | 'branch' | 'ternary'
  readonly start: number
  readonly kind: 'function' | 'try' | 'catch' | 'finally' | 'switch' | 'class' | 'other'
  readonly id: number
  readonly name?: string
  dead: boolean
  conditional: boolean
  architecture?: string
  condition?: string
  /** What is known of the condition of this branch, for its `else`. */
  verdict?: Verdict
  /** Of a `switch`: what it switches on; whether a label was just before. */
  subject?: string
  labelled?: boolean
}

const CONTROL = new Set(['if', 'while', 'for', 'switch', 'with', 'catch'])
const CONTINUES = new Set([...'=+-*/%&|^<>,.?:([{!~', '=>', '?.', '??'])
const CARRIES_ON = new Set([...'.?:+-*/%&|<>=,([', '??', '?.'])
const ENDS = new Set([...')]};'])
/** Before a condition. */
const STARTS = new Set([...',;{}:?', '=>', 'return'])
const TELLING = /platform|typeof|process|is_?[a-z]/i
const EXECUTES = new Set(['forEach', 'map', 'some', 'find', 'every', 'filter', 'flatMap', 'reduce', 'findIndex'])
const MARKS = new Set(['(', '[', '{', ')', ']', '}', '=>', '?', ':'])
/** Frames without brackets. */
const PSEUDO = new Set<Frame['open']>(['arrow', 'branch', 'ternary'])
const MOST_CONDITION = 60

/** A bundle has some hundred thousand brackets. */
function pairs(size: number): Pairs & { set(at: number, other: number): void } {
  const others = new Int32Array(size)
  return {
    get: (at) => (others[at] ? (others[at] as number) - 1 : undefined),
    set(at, other) {
      others[at] = other + 1
    },
  }
}

/** Functions, `try` blocks, conditions, calls and throws of a script. */
export function scriptStructure(tokens: readonly Token[]): Structure {
  const functions: ScriptFunction[] = [{ at: 0, place: SCRIPT, names: [], parameters: [], invoked: true }]
  const tries: ScriptTry[] = []
  const calls: Call[] = []
  const throws: Throw[] = []
  const closers = pairs(tokens.length)
  const openers = pairs(tokens.length)
  const statements: number[] = []
  const frames: Frame[] = []
  let lastBranch: { readonly depth: number; readonly verdict: Verdict; readonly condition: string } | undefined
  let pendingTry: number | undefined
  // Places of one frame are the same: many calls share one.
  let here: Place | undefined

  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const { value } = token
    if (frames.length > 0 && PSEUDO.has((frames[frames.length - 1] as Frame).open)) endPseudo(at, token)
    if (token.type === 'name') name(at, value)
    else if (token.type === 'punctuation') mark(at, value)
  }
  while (frames.length > 0) close(tokens.length)
  return { functions, tries, calls, throws, closers, isModule: statements.length > 0, statements }

  function text(at: number): string {
    const token = tokens[at]
    return token === undefined || token.type === 'text' || token.type === 'template' ? '' : token.value
  }

  function top(): Frame | undefined {
    return frames[frames.length - 1]
  }

  function place(): Place {
    here ??= makePlace()
    return here
  }

  function makePlace(): Place {
    let within = 0
    const inside: number[] = []
    let catching: number | undefined
    let dead = false
    let conditional = false
    let architecture: string | undefined
    for (let index = frames.length - 1; index >= 0; index--) {
      const frame = frames[index] as Frame
      if (frame.dead) dead = true
      architecture ??= frame.architecture
      if (within !== 0) continue
      if (frame.kind === 'function') within = frame.id
      else {
        if (frame.conditional) conditional = true
        if (frame.kind === 'try') inside.unshift(frame.id)
        if (frame.kind === 'catch') catching ??= frame.id
      }
    }
    return {
      within,
      tries: inside,
      ...(catching === undefined ? {} : { catching }),
      dead,
      conditional,
      ...(architecture === undefined ? {} : { architecture }),
    }
  }

  function push(frame: Partial<Frame> & Pick<Frame, 'open' | 'start'>): void {
    here = undefined
    frames.push({ kind: 'other', id: -1, dead: false, conditional: false, ...frame })
  }

  function close(at: number): void {
    const frame = frames.pop()
    if (frame === undefined) return
    here = undefined
    if (frame.verdict !== undefined)
      lastBranch = { depth: frames.length, verdict: frame.verdict, condition: frame.condition ?? '' }
    if (frame.kind === 'try' || frame.kind === 'catch') pendingTry = frame.id
    if (frame.kind === 'function') invocation(frame, at)
  }

  /** Bodies and branches without brackets end with their statement. */
  function endPseudo(at: number, token: Token): void {
    const before = tokens[at - 1]
    const ends = (frame: Frame): boolean => {
      if (token.type === 'punctuation' && ENDS.has(token.value)) return true
      if (token.value === ',' && token.type === 'punctuation') return frame.open !== 'branch'
      if (token.value === 'else' && token.type === 'name') return true
      if (!token.fresh || at === frame.start + 1 || before === undefined) return false
      if (before.type === 'punctuation' && CONTINUES.has(before.value)) return false
      return !(token.type === 'punctuation' && CARRIES_ON.has(token.value)) && token.type !== 'template'
    }
    for (let frame = top(); frame !== undefined && PSEUDO.has(frame.open) && ends(frame); frame = top()) {
      const isEnd = frame.open === 'branch' && token.value === ';'
      close(at - 1)
      if (isEnd) break
    }
  }

  function name(at: number, value: string): void {
    const before = text(at - 1)
    const next = text(at + 1)
    if (value === 'throw' || (value === 'exit' && before === '.' && text(at - 2) === 'process')) {
      throws.push({ at, place: place(), ...conditionsHere() })
      return
    }
    if (
      (value === 'import' || value === 'export') &&
      frames.length === 0 &&
      next !== '(' &&
      next !== '.' &&
      before !== '.'
    )
      statements.push(at)
    if (value === 'else' && before !== '.' && next !== 'if' && next !== '{' && next !== ':')
      branch(at, elseVerdict(), lastBranch?.condition ?? '')
    if ((value === 'case' || value === 'default') && before !== '.' && next !== ':' && top()?.kind === 'switch')
      label(at, value)
    if (value === 'default' && next === ':' && top()?.kind === 'switch') label(at, value)
    if (next === '(' && before !== 'function' && !CONTROL.has(value)) {
      const receiver = before === '.' || before === '?.' ? text(at - 2) : undefined
      calls.push({ at, place: place(), name: value, open: at + 1, ...(receiver === undefined ? {} : { receiver }) })
    }
    // `x["default"](…)`
    if (next === '[' && text(at + 3) === ']' && text(at + 4) === '(' && tokens[at + 2]?.type === 'text')
      calls.push({ at, place: place(), name: tokens[at + 2]?.value ?? '', open: at + 4, receiver: value })
    if (value === 'code' && before === '.') noteCode()
    if (value === 'return' && before !== '.') noteReturn()
  }

  function conditionsHere(): Pick<Throw, 'conditions' | 'inCatch'> {
    const conditions: string[] = []
    let inCatch: number | undefined
    for (let index = frames.length - 1; index >= 0; index--) {
      const frame = frames[index] as Frame
      if (frame.kind === 'function') break
      if (frame.kind === 'catch') inCatch ??= conditions.length
      if (frame.conditional || frame.condition !== undefined) conditions.push(frame.condition ?? '')
    }
    return { conditions, inCatch: inCatch ?? 0 }
  }

  function noteCode(): void {
    for (let index = frames.length - 1; index >= 0; index--) {
      const frame = frames[index] as Frame
      const one = frame.kind === 'catch' ? tries[frame.id] : undefined
      if (one !== undefined) {
        one.checksCode = true
        return
      }
    }
  }

  /** A `return` in `finally` swallows whatever was thrown. */
  function noteReturn(): void {
    const frame = frames.findLast(({ kind }) => kind === 'function' || kind === 'finally')
    const one = frame?.kind === 'finally' ? tries[frame.id] : undefined
    if (one !== undefined) one.returnsAnyway = true
  }

  function label(at: number, value: string): void {
    const frame = top() as Frame
    const subject = frame.subject ?? ''
    here = undefined
    const literal = tokens[at + 1]
    const isMatch = value === 'case' && literal?.type === 'text' && literal.value === 'linux'
    const follows = frame.labelled === true && text(at - 1) === ':'
    if (/platform(?:\(\))?$/.test(subject)) {
      frame.dead = follows ? frame.dead && !isMatch : !isMatch
      if (value === 'default') frame.dead = true
    } else if (/arch(?:\(\))?$/.test(subject)) {
      if (value === 'case' && literal?.type === 'text' && !follows) frame.architecture = literal.value
      else frame.architecture = value === 'default' ? 'other' : (literal?.value ?? 'other')
    } else frame.conditional = true
    frame.labelled = true
  }

  function elseVerdict(): Verdict {
    return lastBranch?.depth === frames.length ? negated(lastBranch.verdict) : 'unknown'
  }

  function branch(at: number, verdict: Verdict, condition: string, architecture?: string): void {
    push({
      open: 'branch',
      start: at,
      dead: verdict === 'false',
      conditional: verdict === 'unknown',
      verdict,
      condition,
      ...(architecture === undefined ? {} : { architecture }),
    })
  }

  function mark(at: number, value: string): void {
    if (!MARKS.has(value)) return
    if (value === '(' || value === '[') push({ open: value, start: at })
    else if (value === '{') brace(at)
    else if (value === ')' || value === ']' || value === '}') {
      const opened = top()
      if (opened !== undefined) {
        closers.set(opened.start, at)
        openers.set(at, opened.start)
      }
      close(at)
      if (value === ')' && opened !== undefined) afterParentheses(opened.start, at)
    } else if (value === '=>' && text(at + 1) !== '{') {
      push({ open: 'arrow', start: at, kind: 'function', id: newFunction(at, at) })
    } else if (value === '?') {
      const condition = conditionBefore(at)
      const verdict = TELLING.test(condition) ? conditionVerdict(condition) : 'unknown'
      push({ open: 'ternary', start: at, dead: verdict === 'false', conditional: verdict === 'unknown', verdict })
    } else if (value === ':') {
      while (top()?.open === 'arrow' && frames.some(({ open }) => open === 'ternary')) close(at - 1)
      const frame = top()
      if (frame?.open === 'ternary') {
        const verdict = negated(frame.verdict ?? 'unknown')
        frames.pop()
        here = undefined
        push({ open: 'arrow', start: at, dead: verdict === 'false', conditional: verdict === 'unknown' })
      }
    }
  }

  /** `if (…)` without a block. */
  function afterParentheses(open: number, at: number): void {
    if (text(open - 1) !== 'if' || text(at + 1) === '{') return
    const condition = source(open + 1, at)
    branch(at, withElse(open - 1, conditionVerdict(condition)), condition, conditionArchitecture(condition))
  }

  /** `else if`: never reached when an earlier condition holds for certain. */
  function withElse(keyword: number, verdict: Verdict): Verdict {
    return text(keyword - 1) === 'else' && elseVerdict() === 'false' ? 'false' : verdict
  }

  function brace(at: number): void {
    const before = text(at - 1)
    if (before === '=>') {
      push({ open: '{', start: at, kind: 'function', id: newFunction(at, at - 1) })
    } else if (before === 'try') {
      tries.push({
        place: place(),
        caught: false,
        rethrows: false,
        always: false,
        checksCode: false,
        returnsAnyway: false,
      })
      push({ open: '{', start: at, kind: 'try', id: tries.length - 1 })
    } else if (before === 'catch') {
      catchBlock(at)
    } else if (before === 'finally') {
      push({ open: '{', start: at, kind: 'finally', id: pendingTry ?? -1 })
    } else if (before === 'else') {
      const verdict = elseVerdict()
      push({
        open: '{',
        start: at,
        dead: verdict === 'false',
        conditional: verdict === 'unknown',
        verdict,
        condition: lastBranch?.condition ?? '',
      })
    } else if (before === ')') {
      afterHead(at, openers.get(at - 1) ?? at)
    } else {
      const named = classHead(at)
      push({ open: '{', start: at, ...(named === undefined ? {} : { kind: 'class' as const, name: named }) })
    }
  }

  function catchBlock(at: number): void {
    const one = pendingTry === undefined ? undefined : tries[pendingTry]
    if (one !== undefined) one.caught = true
    push({ open: '{', start: at, kind: 'catch', id: pendingTry ?? -1 })
  }

  function afterHead(at: number, open: number): void {
    const keyword = text(open - 1)
    if (keyword === 'catch' && text(open - 2) !== '.') {
      catchBlock(at)
      return
    }
    if (keyword === 'if') ifBlock(at, open)
    else if (keyword === 'switch') push({ open: '{', start: at, kind: 'switch', subject: source(open + 1, at - 1) })
    else if (CONTROL.has(keyword)) push({ open: '{', start: at })
    else push({ open: '{', start: at, kind: 'function', id: newFunction(at, at) })
  }

  function ifBlock(at: number, open: number): void {
    const condition = source(open + 1, at - 1)
    const architecture = conditionArchitecture(condition)
    const verdict = withElse(open - 1, conditionVerdict(condition))
    push({
      open: '{',
      start: at,
      dead: verdict === 'false',
      conditional: verdict === 'unknown' && architecture === undefined,
      verdict,
      condition,
      ...(architecture === undefined ? {} : { architecture }),
    })
  }

  function classHead(at: number): string | undefined {
    for (let back = at - 1; back > at - 8 && back >= 0; back--) {
      if (text(back) === 'class') return text(back + 1)
      if (/^[;{}()=]$/.test(text(back))) return undefined
    }
    return undefined
  }

  /** `end`: the arrow, or the brace of the body. */
  function newFunction(at: number, end: number): number {
    const isArrow = text(end) === '=>'
    const close = end - 1
    const open = text(close) === ')' ? (openers.get(close) ?? close) : close
    const parameters =
      open === close
        ? [text(close)]
        : tokens.slice(open + 1, close).flatMap((one) => (one.type === 'name' ? [one.value] : []))
    const names: string[] = []
    let head = open
    if (!isArrow) {
      head = open - 1
      if (text(head) !== 'function') {
        names.push(text(head))
        head--
        if (text(head) === '*') head--
      }
      if (text(head) === 'function') head--
    } else head--
    if (!isArrow && names[0] === 'constructor') {
      const owner = frames.findLast(({ kind }) => kind === 'class')
      if (owner?.name !== undefined) names.push(owner.name)
    }
    while (text(head) === 'async' || text(head) === '(' || text(head) === '!') head--
    let target = head
    while ((text(target) === '=' || text(target) === ':') && names.length < 6) {
      names.push(text(target - 1))
      if (text(target - 1) === 'exports' && text(target - 2) === '.') names.push('default')
      target -= 2
      while (text(target) === '.') target -= 2
    }
    if (text(head) === 'default' && text(head - 1) === 'export') names.push('default')
    const wrapped = wrapperName()
    if (wrapped !== undefined) names.push(wrapped)
    const callback = callbackOf()
    functions.push({
      at,
      place: place(),
      names: names.filter((one) => one !== ''),
      parameters,
      invoked: callback !== undefined,
      ...(callback?.over === undefined ? {} : { over: callback.over }),
    })
    return functions.length - 1
  }

  /** `var require_x = __commonJS({ "x.js"(exports) {} })`, as bundlers wrap a module that is loaded by `require_x()`. */
  function wrapperName(): string | undefined {
    const frame = frames.findLast(({ open }) => open === '(')
    if (frame === undefined || frames.length - frames.indexOf(frame) > 2) return undefined
    if (!/^__(?:commonJS|esm)\w*$/.test(text(frame.start - 1)) || text(frame.start - 2) !== '=') return undefined
    return text(frame.start - 3)
  }

  /** The function is an argument that is called at once. */
  function callbackOf(): { readonly over?: number } | undefined {
    const frame = top()
    if (frame?.open !== '(') return undefined
    const before = text(frame.start - 1)
    if (EXECUTES.has(before) && /^\??\.$/.test(text(frame.start - 2))) return { over: frame.start - 3 }
    // An argument of a function that is called where it is written (UMD).
    return before === ')' || before === '}' ? {} : undefined
  }

  function invocation(frame: Frame, at: number): void {
    const one = functions[frame.id]
    if (one === undefined || frame.open === 'arrow') {
      if (one !== undefined && text(at + 1) === ')' && text(at + 2) === '(') one.invoked = true
      return
    }
    let next = at + 1
    const opened = text(next) === ')' && top()?.open === '('
    if (opened) next++
    else if (isDeclaration(frame)) return
    if (/^\??\.$/.test(text(next)) && /^(?:call|apply)$/.test(text(next + 1))) next += 2
    if (text(next) === '(' && (opened || tokens[next]?.fresh !== true)) one.invoked = true
  }

  function isDeclaration(frame: Frame): boolean {
    return (
      text(frame.start - 1) === ')' &&
      (functions[frame.id]?.names.length ?? 0) > 0 &&
      !/^[=!(,]$/.test(text(headOf(frame)))
    )
  }

  function headOf(frame: Frame): number {
    const head = (openers.get(frame.start - 1) ?? frame.start) - 1
    // `function`, `function name`, `function* name`; a method has none of them.
    const keyword = [head, head - 1, head - 2].find((at) => text(at) === 'function')
    return keyword === undefined ? -1 : keyword - 1
  }

  function source(from: number, to: number): string {
    if (to - from > MOST_CONDITION) return ''
    return tokens
      .slice(from, to)
      .map(({ type, value }) => (type === 'text' ? `"${value}"` : value))
      .join('')
  }

  function conditionBefore(at: number): string {
    let from = at - 1
    let depth = 0
    while (from >= 0 && at - from < MOST_CONDITION) {
      const value = text(from)
      if (value === ')' || value === ']') depth++
      else if (value === '(' || value === '[') {
        if (depth === 0) break
        depth--
      } else if (
        depth === 0 &&
        (STARTS.has(value) || (value === '=' && !/[=!]/.test(text(from - 1)) && text(from + 1) !== '='))
      )
        break
      from--
    }
    return source(from + 1, at)
  }
}
