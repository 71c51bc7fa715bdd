import { LINE, lineCounter, statementEnd } from './python-bytes.ts'

/** Words that only Python 3.`minor` and newer compile: what is older refuses the whole file, wherever in it they stand. */
export type NewerSyntax = { readonly minor: number; readonly line: number; readonly what: string }

type Form = {
  readonly minor: number
  readonly what: string
  /** Sought first, since every file is searched; part of its first line. */
  readonly mark: Buffer
  /** Of the text from the beginning of the statement. */
  readonly begins: RegExp
}

// "What's New in Python" 3.10, 3.11, 3.12 and 3.14.
const FORMS: readonly Form[] = (
  [
    [14, 'an `except` of several types without parentheses', 'except ', /^except[ \t]+[\w.]+[ \t]*,[^\n:()]*:/],
    [12, 'a `type` statement', 'type ', /^type[ \t]+[A-Za-z_]\w*[ \t]*(?:\[[^\n]*\][ \t]*)?=(?!=)/],
    [12, 'type parameters in brackets', '](', /^(?:(?:async[ \t]+)?def|class)[ \t]+\w+[ \t]*\[[^\n]*\]\(/],
    [12, 'type parameters in brackets', ']:', /^class[ \t]+\w+[ \t]*\[[^\n]*\]:/],
    [11, '`except*`', 'except*', /^except\*/],
    [
      10,
      'a `match` statement',
      'match ',
      /^match[ \t]+[^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]+case\b/,
    ],
  ] as const
).map(([minor, what, mark, begins]) => ({ minor, what, mark: Buffer.from(mark), begins }))

const [LF, SPACE, TAB] = [10, 32, 9]
const LONGEST = 1000

/** The newest that a source is written with. */
export function newerSyntax(bytes: Buffer): NewerSyntax | undefined {
  for (const { minor, what, mark, begins } of FORMS) {
    let checked = -1
    for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) {
      const start = lineStart(bytes, at)
      if (start === checked) continue
      checked = start
      const isForm = begins.test(bytes.toString('latin1', start, Math.min(start + LONGEST, bytes.length)))
      if (isForm && isStatement(bytes, start)) return { minor, line: lineCounter(bytes, 0, 1)(start), what }
    }
  }
  return undefined
}

/** Of the line that the offset lies in, without its indentation. */
function lineStart(bytes: Buffer, offset: number): number {
  let at = bytes.lastIndexOf(LF, offset) + 1
  while (bytes[at] === SPACE || bytes[at] === TAB) at++
  return at
}

/** No line of a text: what documents show is no code. */
function isStatement(bytes: Buffer, start: number): boolean {
  let at = 0
  while (at < start) {
    while (bytes[at] === SPACE || bytes[at] === TAB) at++
    if (at >= start) break
    at = statementEnd(bytes, at, bytes.length, LINE) + 1
  }
  return at === start
}
