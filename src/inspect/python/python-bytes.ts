// What a byte means to the search for the end of a statement.
const PLAIN = 0
const NEWLINE = 1
const QUOTE = 2
const COMMENT = 3
const OPEN = 4
const CLOSE = 5
const BACKSLASH = 6
const COLON = 7
const SEMICOLON = 8
const MEANING = new Uint8Array(256)
for (const [characters, meaning] of [
  ['\n', NEWLINE],
  ['\'"', QUOTE],
  ['#', COMMENT],
  ['([{', OPEN],
  [')]}', CLOSE],
  ['\\', BACKSLASH],
  [':', COLON],
  [';', SEMICOLON],
] as const)
  for (const character of characters) MEANING[character.charCodeAt(0)] = meaning

const LF = 10
const CR = 13
const ESCAPE = 0x5c
const EQUALS = 0x3d

/** Where a statement is taken to end: at its newline only, also at `;`, or (of a header) also at its colon. */
export const LINE = 0
export const STATEMENT = 1
export const HEADER = 2

/**
 * Offset of the newline, `;` or colon that ends the statement which `at` lies in, or `end`. Pure and without closures:
 * every byte of every Python file of an image passes here.
 */
export function statementEnd(bytes: Buffer, from: number, end: number, until: number): number {
  let depth = 0
  let at = from
  while (at < end) {
    const meaning = MEANING[bytes[at] as number] as number
    if (meaning === PLAIN) {
      at++
      continue
    }
    if (meaning === NEWLINE) {
      if (depth <= 0) return at
    } else if (meaning === QUOTE) at = stringEnd(bytes, at, end)
    else if (meaning === COMMENT) {
      while (at < end && bytes[at] !== LF) at++
      continue
    } else if (meaning === OPEN) depth++
    else if (meaning === CLOSE) depth--
    else if (meaning === BACKSLASH) {
      if (bytes[at + 1] === CR) at++
      if (bytes[at + 1] === LF) at++
    } else if (meaning === COLON) {
      if (until === HEADER && depth === 0 && bytes[at + 1] !== EQUALS) return at
    } else if (until !== LINE && depth === 0) return at
    at++
  }
  return end
}

/** Offset of the last byte of the string that begins at `from`. */
function stringEnd(bytes: Buffer, from: number, end: number): number {
  const quote = bytes[from] as number
  let at = from + 1
  if (bytes[at] === quote && bytes[at + 1] === quote) {
    for (at += 2; at < end; at++) {
      const byte = bytes[at] as number
      if (byte === ESCAPE) at++
      else if (byte === quote && bytes[at + 1] === quote && bytes[at + 2] === quote) return at + 2
    }
    return end
  }
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === quote) return at
    if (byte === ESCAPE) at++
    // Not closed on its line: no Python, or something that this scan does not know.
    else if (byte === LF) return at - 1
  }
  return end
}

/** Counts lines as far as they are asked for, in rising order. */
export function lineCounter(bytes: Buffer, from: number, first: number): (offset: number) => number {
  let at = from
  let line = first
  return (offset) => {
    for (; at < offset; at++) if (bytes[at] === LF) line++
    return line
  }
}
