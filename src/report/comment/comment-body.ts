/** What one job says of one subject. */
export type Section = {
  /** `<kind>/<name>/<architecture>`. */
  readonly subject: string
  /** Milliseconds since the epoch when its job wrote it: of two sections about one subject the later one stands. */
  readonly at: number
  /** The commit it speaks of. */
  readonly commit?: string
  readonly text: string
}

const SECTION =
  /<!-- lambda-parity section=(\S+)(?: at=(\d+))?(?: commit=([0-9a-f]+))? -->\n([\s\S]*?)\n<!-- lambda-parity end=\1 -->/g

/** First line of every comment of a key. */
export function keyMarker(key: string): string {
  return `<!-- lambda-parity key=${encode(key)} -->`
}

/** A comment's body: the key's marker, then the sections by subject. */
export function formatBody(key: string, sections: readonly Section[]): string {
  const sorted = sections.toSorted((one, other) => (one.subject < other.subject ? -1 : 1))
  return [keyMarker(key), ...sorted.map(formatSection)].join('\n')
}

/** The sections of a body; what stands between them, and sections whose markers somebody has damaged, are left out. */
export function parseBody(body: string): Section[] {
  // A browser sends other line ends.
  return [...body.replaceAll('\r\n', '\n').matchAll(SECTION)].flatMap(([, name = '', at = '0', commit, text = '']) => {
    const subject = decode(name)
    return subject === undefined ? [] : [{ subject, at: Number(at), text, ...(commit === undefined ? {} : { commit }) }]
  })
}

/** Characters of a section beside its text, its line break included. */
export function markerLength(section: Section): number {
  return formatSection({ ...section, text: '' }).length + 1
}

function formatSection({ subject, at, commit, text }: Section): string {
  const id = encode(subject)
  const of = commit === undefined ? '' : ` commit=${commit}`
  return `<!-- lambda-parity section=${id} at=${at}${of} -->\n${text}\n<!-- lambda-parity end=${id} -->`
}

/** Percent-encoded, hyphens too: two in a row would end an HTML comment. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D')
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
