import { stripVTControlCharacters } from 'node:util'

/** Shorter values would blank out ordinary text (`1`, `dev`): they are hidden where they stand alone or in quotes. */
const SHORTEST = 4
const HIDDEN = '***'

/** Replaces the values of the function's environment wherever they turn up in what a report shows. */
export type Hide = { text(value: string): string; json(value: unknown): unknown }

/** Longest first, so that no rest of a longer value stays; also as JSON writes them, for logs that print JSON. */
export function hide(values: readonly string[]): Hide {
  const forms = values
    .filter((value) => value.length >= SHORTEST)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...lines(value)])
  const needles = [...new Set(forms)].sort((a, b) => b.length - a.length)
  const short = values.filter((value) => value !== '' && value.length < SHORTEST)
  const text = (value: string) => {
    const rest = needles.reduce((left, needle) => left.replaceAll(needle, HIDDEN), value)
    return short.reduce((left, needle) => left.replaceAll(JSON.stringify(needle), `"${HIDDEN}"`), rest)
  }
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return short.includes(value) ? HIDDEN : text(value)
    if (typeof value === 'number') return needles.includes(String(value)) ? HIDDEN : value
    if (Array.isArray(value)) return value.map(json)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), json(member)]))
  }
  return { text, json }
}

/** A key or certificate is printed line by line. */
function lines(value: string): string[] {
  return value.includes('\n') ? value.split('\n').filter((line) => line.trim().length >= SHORTEST) : []
}

const TAIL_BYTES = 4096

/** The last 4 KiB of a log as plain text: no terminal escapes, no other control characters but tab and newline. */
export function logTail(text: string): string {
  const plain = stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .trimEnd()
  const bytes = Buffer.from(plain)
  if (bytes.length <= TAIL_BYTES) return plain
  const cut = bytes.subarray(-TAIL_BYTES).toString('utf8')
  // The cut falls inside a line, perhaps inside a character: begin with the next line.
  return `…\n${cut.slice(cut.indexOf('\n') + 1).replace(/^\uFFFD+/, '')}`
}
