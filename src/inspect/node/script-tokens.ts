/** One token of JavaScript, as far as loading of modules shows in it. */
export type Token = {
  readonly type: 'name' | 'text' | 'template' | 'punctuation' | 'number' | 'regex'
  /** A name or mark as written; of a text its value; of a template its text with every expression as `${source}`. */
  readonly value: string
  readonly line: number
  /** First on its line: where a statement may end without a semicolon. */
  readonly fresh: boolean
}

// After these a slash begins a regular expression, after any other name it divides.
const BEFORE_REGEX = new Set(
  'return typeof case in of delete void throw new instanceof do else yield await default'.split(' '),
)
const MOST_TOKENS = 600_000

/** Tokens of a script, comments left out. Lenient: whatever is not JavaScript becomes tokens of some kind. */
export function scriptTokens(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  let fresh = true
  const add = (type: Token['type'], value: string) => {
    tokens.push({ type, value, line, fresh })
    fresh = false
  }

  while (at < source.length && tokens.length < MOST_TOKENS) {
    const code = source.charCodeAt(at)
    if (code === 10) {
      line++
      fresh = true
      at++
    } else if (code <= 32 || code === 0xa0 || code === 0xfeff) {
      at++
    } else if (code === 47 && source.charCodeAt(at + 1) === 47) {
      at = endOf(source, '\n', at, 0)
    } else if (code === 47 && source.charCodeAt(at + 1) === 42) {
      const end = endOf(source, '*/', at + 2, 2)
      countLines(at, end)
      at = end
    } else if (code === 35 && at === 0 && source.charCodeAt(1) === 33) {
      at = endOf(source, '\n', at, 0)
    } else if (code === 34 || code === 39) {
      const end = endOfText(source, at, code)
      add('text', unescaped(source.slice(at + 1, end - 1)))
      at = end
    } else if (code === 96) {
      const end = endOfTemplate(source, at + 1)
      add('template', source.slice(at + 1, end - 1))
      countLines(at, end)
      at = end
    } else if (code === 47 && beginsRegex(tokens[tokens.length - 1])) {
      const end = endOfRegex(source, at)
      add('regex', '')
      at = end
    } else if (isNameCode(code)) {
      const start = at
      while (at < source.length && isNameCode(source.charCodeAt(at))) at++
      add(code >= 48 && code <= 57 ? 'number' : 'name', source.slice(start, at))
    } else {
      const mark = wideMark(code, source.charCodeAt(at + 1)) ?? (source[at] as string)
      add('punctuation', mark)
      at += mark.length
    }
  }
  return tokens

  /** Not by `indexOf`, which would look through a whole bundle of one line for each of its comments. */
  function countLines(from: number, to: number): void {
    for (let next = from; next < to; next++) {
      if (source.charCodeAt(next) !== 10) continue
      line++
      fresh = true
    }
  }
}

function wideMark(code: number, next: number): string | undefined {
  if (code === 61) return next === 62 ? '=>' : undefined
  return code !== 63 ? undefined : next === 46 ? '?.' : next === 63 ? '??' : undefined
}

function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  )
}

function endOf(source: string, mark: string, from: number, past: number): number {
  const end = source.indexOf(mark, from)
  return end === -1 ? source.length : end + past
}

/** A text ends at its quote; one that runs into the end of the line was none. */
function endOfText(source: string, at: number, quote: number): number {
  for (let next = at + 1; next < source.length; next++) {
    const code = source.charCodeAt(next)
    if (code === 92) next++
    else if (code === quote) return next + 1
    else if (code === 10) return next
  }
  return source.length
}

function endOfTemplate(source: string, from: number): number {
  let next = from
  while (next < source.length) {
    const code = source.charCodeAt(next)
    if (code === 96) return next + 1
    if (code === 92) next += 2
    else if (code === 36 && source.charCodeAt(next + 1) === 123) next = endOfExpression(source, next + 2)
    else next++
  }
  return source.length
}

function endOfExpression(source: string, from: number): number {
  let depth = 1
  let next = from
  while (next < source.length) {
    const code = source.charCodeAt(next)
    if (code === 96) next = endOfTemplate(source, next + 1)
    else if (code === 34 || code === 39) next = endOfText(source, next, code)
    else {
      if (code === 123) depth++
      if (code === 125 && --depth === 0) return next + 1
      next++
    }
  }
  return source.length
}

function beginsRegex(before: Token | undefined): boolean {
  if (before === undefined) return true
  if (before.type === 'name') return BEFORE_REGEX.has(before.value)
  return before.type === 'punctuation' && before.value !== ')' && before.value !== ']'
}

function endOfRegex(source: string, at: number): number {
  let inClass = false
  for (let next = at + 1; next < source.length; next++) {
    const code = source.charCodeAt(next)
    if (code === 92) next++
    else if (code === 91) inClass = true
    else if (code === 93) inClass = false
    else if (code === 10) return at + 1
    else if (code === 47 && !inClass) return next + 1
  }
  return at + 1
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/gs, '$1') : text
}
