import { type BoundNames, bindHeader, bindSimple } from './bound-names.ts'
import { DISTRIBUTION_CALL } from './distribution-calls.ts'
import { GENERATED } from './generated-for.ts'
import { HEADER, LINE, lineCounter, STATEMENT, statementEnd } from './python-bytes.ts'

/** A statement of interest: a compound statement's header without its colon, or a simple statement. */
export type PythonLine = {
  readonly indent: number
  /** Counted from one. */
  readonly line: number
  /** First word, `''` when it is none. */
  readonly word: string
  /** From the first word to the end of the statement, comments and strings as they are. */
  readonly text: string
  /** Of a function: where its body stands. */
  readonly body?: SourceRange
}

/** Part of a source, and the number of its first line. */
export type SourceRange = { readonly start: number; readonly end: number; readonly line: number }

const HEADERS = new Set('if elif else try except finally for while with def class async match case'.split(' '))
const SIMPLE = new Set(['import', 'from', 'raise', 'return', 'break', 'continue'])

const WORD = new Uint8Array(256)
for (let byte = 0; byte < 256; byte++) if (/\w/.test(String.fromCharCode(byte)) || byte >= 128) WORD[byte] = 1

const [LF, SPACE, TAB, FORM_FEED, CR, EQUALS, OPENING, HASH, COLON, COMMA] = [10, 32, 9, 12, 13, 61, 40, 35, 58, 44]
// Of an assignment or a call nothing but its beginning is looked at.
const MOST_SIMPLE = 80
// `__version__: str = importlib.metadata.version(…)`
const MOST_ASKING = 200

/** Calls that bring modules and libraries in; a file that names none of them is read without looking for them. */
const DYNAMIC =
  /import_module\s*\(|__import__\s*\(|\bCDLL\s*\(|\bPyDLL\s*\(|LoadLibrary\s*\(|dlopen\s*\(|load_pycryptodome_raw_lib\s*\(/
// A part of all of them, since every file is searched for each: import_module, __import__, what needs ctypes, and calls
// that compare the versions of what is installed.
const DYNAMIC_NAMES = ['import_', 'ctypes', 'dlopen', '_raw_lib', 'require_version'].map((name) => Buffer.from(name))

export function wholeSource(bytes: Buffer): SourceRange {
  return { start: bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0, end: bytes.length, line: 1 }
}

/** True when the file may bring modules or libraries in by calls. */
export function isDynamicSource(bytes: Buffer): boolean {
  return DYNAMIC_NAMES.some((name) => bytes.includes(name))
}

/** Imports in a function's body; of a generator nothing runs when it is called. */
const IMPORTS = /^[ \t]+(?:from[ \t]+[\w.]+[ \t]+import\b|import[ \t]+\w)/m
const YIELDS = /\byield\b/

/** True when a function's body brings in modules or libraries. */
export function importsInside(bytes: Buffer, { start, end }: SourceRange): boolean {
  const text = bytes.toString('latin1', start, end)
  return DYNAMIC.test(text) || (IMPORTS.test(text) && !YIELDS.test(text))
}

/** Statements that may matter to imports, in order. Bodies of functions are passed over: few of them run. */
export function pythonLines(
  bytes: Buffer,
  { start, end, line }: SourceRange,
  isDynamic: boolean,
  asksForDistributions = false,
  bound?: BoundNames,
): PythonLine[] {
  const lines: PythonLine[] = []
  const lineAt = lineCounter(bytes, start, line)
  let at = start
  // Where the outermost class stands that is being read.
  let ofClass: number | undefined
  while (at < end) {
    let indent = 0
    for (; at < end; at++) {
      const byte = bytes[at]
      if (byte === SPACE) indent++
      else if (byte === TAB) indent = (Math.floor(indent / 8) + 1) * 8
      else if (byte !== FORM_FEED) break
    }
    at = statements(at, indent) + 1
  }
  return lines

  /** Reads the statements of one line (several after `;` and after a header's colon); the offset of its newline. */
  function statements(from: number, outer: number): number {
    let indent = outer
    let here = from
    while (here < end) {
      while (bytes[here] === SPACE || bytes[here] === TAB || bytes[here] === CR) here++
      const byte = bytes[here]
      if (byte === LF || byte === HASH || byte === undefined) return statementEnd(bytes, here, end, LINE)
      let next = here
      while (WORD[bytes[next] ?? LF] === 1) next++
      const word = next > here && next - here <= 64 ? bytes.toString('latin1', here, next) : ''
      const isHeader = HEADERS.has(word) && !isPlainName(word, next)
      if (ofClass !== undefined && indent <= ofClass) ofClass = undefined
      const stop = statementEnd(bytes, next, end, isHeader ? HEADER : STATEMENT)
      if (isHeader) {
        const text = bytes.toString('utf8', here, stop)
        const number = lineAt(here)
        if (bound !== undefined) {
          bindHeader(bound, /^async\s+def\b/.test(text) ? 'def' : word, text, ofClass !== undefined)
          if (word === 'class') ofClass ??= indent
        }
        if (word === 'def' || /^async\s+def\b/.test(text)) {
          const after = bodyEnd(stop, indent)
          lines.push({
            indent,
            line: number,
            word: 'def',
            text,
            body: { start: stop + 1, end: after, line: lineAt(stop) },
          })
          return after
        }
        lines.push({ indent, line: number, word, text })
      } else simple(word, here, next, stop, indent)
      if (stop >= end || bytes[stop] === LF) return stop
      if (bytes[stop] === COLON) indent++
      here = stop + 1
    }
    return here
  }

  /** Offset of the newline that ends the body of the function whose colon is given. */
  function bodyEnd(colon: number, indent: number): number {
    let last = statementEnd(bytes, colon + 1, end, LINE)
    while (last < end) {
      let next = last + 1
      let its = 0
      for (; next < end; next++) {
        const byte = bytes[next]
        if (byte === SPACE) its++
        else if (byte === TAB) its = (Math.floor(its / 8) + 1) * 8
        else if (byte !== FORM_FEED && byte !== CR) break
      }
      const byte = bytes[next]
      // Comments and empty lines belong to nobody, whatever their indentation.
      if (its <= indent && byte !== LF && byte !== HASH && byte !== undefined) return last
      last = statementEnd(bytes, next, end, LINE)
    }
    return last
  }

  /** `match` and `case` are names too. */
  function isPlainName(word: string, after: number): boolean {
    if (word !== 'match' && word !== 'case') return false
    let next = after
    while (bytes[next] === SPACE) next++
    return next === after || [EQUALS, 0x2e, 0x2c, 0x29, 0x5d, COLON].includes(bytes[next] ?? LF)
  }

  function simple(word: string, from: number, after: number, stop: number, indent: number): void {
    if (SIMPLE.has(word)) {
      const text = bytes.toString('utf8', from, stop)
      lines.push({ indent, line: lineAt(from), word, text })
      if (bound !== undefined) bindHeader(bound, word, text, ofClass !== undefined)
      return
    }
    let next = after
    while (bytes[next] === SPACE || bytes[next] === TAB) next++
    if (bound?.isOpen === false) bindSimple(bound, word, bytes, from, next, stop, ofClass !== undefined)
    const isCall = bytes[next] === OPENING || word === GENERATED
    const isAssignment = bytes[next] === EQUALS && bytes[next + 1] !== EQUALS
    if (isDynamic) {
      const text = bytes.toString('utf8', from, stop)
      if (isCall || isAssignment || bytes[next] === COMMA || word === 'sys' || DYNAMIC.test(text) || asks(text))
        lines.push({ indent, line: lineAt(from), word, text })
    } else if (asksForDistributions) {
      const text = bytes.toString('utf8', from, stop)
      if ((word !== '' && (isCall || isAssignment || word === 'sys')) || asks(text))
        lines.push({ indent, line: lineAt(from), word, text: text.slice(0, MOST_ASKING) })
    } else if (word !== '' && (isCall || isAssignment || word === 'sys' || bytes[next] === COMMA)) {
      const text = bytes.toString('utf8', from, Math.min(stop, next + (word === GENERATED ? MOST_ASKING : MOST_SIMPLE)))
      lines.push({ indent, line: lineAt(from), word, text })
    }
  }

  function asks(text: string): boolean {
    return asksForDistributions && DISTRIBUTION_CALL.test(text)
  }
}
