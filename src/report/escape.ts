/** Text of unknown origin made harmless for GitHub-flavoured Markdown: no markup, HTML, mention, reference, link or control code. */

const ZERO_WIDTH_SPACE = '\u200b'
// C0 and C1 controls, bidirectional overrides and isolates: they can hide or reorder what a reviewer reads.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
// CSI, OSC and two-character escape sequences (ECMA-48).
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this removes
const ESCAPE_SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g

/** Without terminal escape sequences, control characters and HTML comments (our own markers are such); line breaks become `\n`. */
export function plain(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCES, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    .replace(CONTROLS, '')
    .replaceAll('<!--', `<!${ZERO_WIDTH_SPACE}--`)
}

/** One line of prose. */
export function prose(text: string): string {
  return plain(text)
    .replaceAll('\n', ' ')
    .replace(/[\\`*[\]|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${ZERO_WIDTH_SPACE}`)
    .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
    .replace(/\bGH-(?=\d)/gi, (prefix) => `${prefix}${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, 3)}${ZERO_WIDTH_SPACE}.`)
}

/** A code span that nothing inside can close; pipes are escaped so that it can stand in a table. */
export function code(text: string): string {
  const content = plain(text).replaceAll('\n', ' ').trim()
  if (content === '') return ''
  const fence = '`'.repeat(longestRun(content) + 1)
  const padding = content.startsWith('`') || content.endsWith('`') ? ' ' : ''
  return `${fence}${padding}${content.replaceAll('|', '\\|')}${padding}${fence}`
}

/** A fenced block that nothing inside can close. */
export function fenced(text: string, language = ''): string {
  const content = plain(text).replace(/\n+$/, '')
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1))
  return `${fence}${language}\n${content}\n${fence}`
}

/** Prose in which the parts between single backticks stand as code, as messages of rules are written. */
export function message(text: string): string {
  return plain(text)
    .replaceAll('\n', ' ')
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`') ? code(part.slice(1, -1)) : prose(part),
    )
    .join('')
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length))
}
