import { breakableCodeText, breakableInert, htmlEscaped, inert } from './inert.ts'

/**
 * Text of unknown origin made harmless for GitHub-flavoured Markdown: no markup, HTML, mention, reference, link or control
 * code.
 */

const ZERO_WIDTH_SPACE = '\u200b'
// C0 and C1 controls, bidirectional marks, overrides and isolates, and the invisible "tag" characters: they can hide or
// reorder what a reviewer reads.
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu
// CSI, OSC and two-character escape sequences (ECMA-48).
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this removes
const ESCAPE_SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g

/**
 * Without terminal escape sequences, control characters and HTML comments (our own markers are such); line breaks become
 * `\n`. Well-formed: half a surrogate pair cannot be written as UTF-8.
 */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(ESCAPE_SEQUENCES, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
    .replace(CONTROLS, '')
    .replaceAll('<!--', `<!${ZERO_WIDTH_SPACE}--`)
}

/** At most so many characters of a text, never half a surrogate pair; what is longer ends in `…`. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text
  return `${text.slice(0, Math.max(0, characters - 1)).replace(/[\ud800-\udbff]$/, '')}…`
}

/** One line of prose, also at the beginning of a line and inside a table. */
export function prose(text: string): string {
  return inline(oneLine(text)).replace(/^([#+=-]+|\d+(?=[.)](?:\s|$)))/, leading)
}

/** For a line of HTML such as a summary's, where Markdown is not read: escaped for HTML alone. */
export function htmlText(text: string): string {
  return inert(htmlEscaped(oneLine(text)))
}

/** A piece of a line that does not begin it. */
function inline(text: string): string {
  return inert(htmlEscaped(escaped(text)))
}

function escaped(text: string): string {
  return text.replace(/[\\`*[\]|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
}

/** Words that would begin a heading, a list, or an underlined heading. */
function leading(text: string): string {
  return /\d/.test(text) ? `${text}\\` : `\\${text}`
}

/** A code span that nothing inside can close. Empty for nothing. */
export function code(text: string): string {
  const content = oneLine(text)
  if (content === '') return ''
  const fence = '`'.repeat(longestRun(content) + 1)
  const padding = content.startsWith('`') || content.endsWith('`') ? ' ' : ''
  return `${fence}${padding}${content}${padding}${fence}`
}

/** A code span for a table, whose cells end at a pipe also inside of code. */
export function cellCode(text: string): string {
  // Readers of tables disagree about a backslash before an escaped pipe.
  return code(text)
    .replace(/\\(?=\|)/g, `\\${ZERO_WIDTH_SPACE}`)
    .replaceAll('|', '\\|')
}

/** Code for a narrow table: it may be broken after `/`, `:`, `.`, `-` and `@`, and is copied whole. */
export function breakableCode(text: string): string {
  const content = oneLine(text)
  return content === '' ? '' : `<code>${breakableCodeText(htmlEscaped(escaped(content)))}</code>`
}

/** Prose for a narrow table, broken at the same places of long words. */
export function breakable(text: string): string {
  return oneLine(text).replace(/[^ ]+| +/g, (word) =>
    (word.length < LONG_WORD ? [word] : word.split(/(?<=[/:.@-])(?=[^/:.@-])/))
      .map((piece) => breakableInert(htmlEscaped(escaped(piece))))
      .join('<wbr>'),
  )
}

const LONG_WORD = 9

/** A fenced block that nothing inside can close. */
export function fenced(text: string, language = ''): string {
  const content = plain(text).replace(/\n+$/, '')
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1))
  return `${fence}${language}\n${content}\n${fence}`
}

/** Prose in which the parts between single backticks stand as code, as messages of rules are written. */
export function message(text: string): string {
  return withCode(text, code)
}

/** The same for advice, in which addresses of documentation stay links, whoever wrote them. */
export function advice(text: string): string {
  const linked = (words: string) =>
    words
      .split(DOCUMENTATION)
      .map((piece, index) => (index % 2 === 1 ? `<${piece}>` : spaced(piece, prose)))
      .join('')
  return withCode(text, code, linked)
}

const DOCUMENTATION =
  /(https:\/\/(?:docs\.(?:aws\.amazon|docker|github)\.com|health\.aws\.amazon\.com|github\.com\/lambda-parity\/lambda-parity)(?:\/(?:[\w./#-]*[\w/#])?)?(?![\w.@:-]*[\w@:]))/

/** The same for a table. */
export function cellMessage(text: string): string {
  return withCode(text, cellCode)
}

/** The same for a narrow table. */
export function breakableMessage(text: string): string {
  return withCode(text, breakableCode, breakable)
}

function withCode(text: string, codeSpan: (text: string) => string, words: (text: string) => string = prose): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`') ? codeSpan(part.slice(1, -1)) : spaced(part, words),
    )
    .join('')
}

/** `oneLine` trims, and words beside code keep their distance. */
function spaced(text: string, words: (text: string) => string): string {
  const [, before = '', between = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  return `${before}${words(between)}${after}`
}

function oneLine(text: string): string {
  return plain(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length))
}
