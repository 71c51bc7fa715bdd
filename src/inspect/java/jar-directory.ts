/** One file of a jar; `start` and `size`: where its stored or deflated bytes lie in the jar. */
export type JarEntry = {
  readonly name: string
  readonly start: number
  readonly size: number
  readonly deflated: boolean
  /** Bytes once inflated, as the jar claims. */
  readonly length: number
}

const END = 0x06054b50
const END_SIZE = 22
const LONGEST_COMMENT = 65_535
const END64_LOCATOR = 0x07064b50
const END64 = 0x06064b50
const ENTRY = 0x02014b50
const ENTRY_SIZE = 46
const LOCAL = 0x04034b50
const LOCAL_SIZE = 30
const DEFLATED = 8
// The largest jars in use hold fewer; a directory of empty names could claim millions.
const MOST_ENTRIES = 500_000

/**
 * The files that a jar's central directory lists (APPNOTE.TXT §4.3), in its order, without reading any of them: a library
 * that unzips would inflate what only the first bytes are wanted of. Lying offsets and cut-off directories end the list.
 */
export function jarEntries(jar: Buffer): readonly JarEntry[] {
  const end = endOfDirectory(jar)
  if (end === undefined) return []
  const entries: JarEntry[] = []
  let at = end.offset
  while (entries.length < Math.min(end.count, MOST_ENTRIES) && isAt(jar, at, ENTRY, ENTRY_SIZE)) {
    const nameLength = jar.readUInt16LE(at + 28)
    const next = at + ENTRY_SIZE + nameLength + jar.readUInt16LE(at + 30) + jar.readUInt16LE(at + 32)
    const entry = {
      name: jar.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength),
      deflated: jar.readUInt16LE(at + 10) === DEFLATED,
      size: jar.readUInt32LE(at + 20),
      length: jar.readUInt32LE(at + 24),
    }
    const start = contentStart(jar, jar.readUInt32LE(at + 42))
    if (start !== undefined && !entry.name.endsWith('/')) entries.push({ ...entry, start })
    at = next
  }
  return entries
}

function endOfDirectory(jar: Buffer): { readonly offset: number; readonly count: number } | undefined {
  const signature = Buffer.alloc(4)
  signature.writeUInt32LE(END)
  const from = jar.length - END_SIZE
  const at = from < 0 ? -1 : jar.lastIndexOf(signature, from)
  if (at === -1 || at < from - LONGEST_COMMENT) return undefined
  const count = jar.readUInt16LE(at + 10)
  const offset = jar.readUInt32LE(at + 16)
  if (count !== 0xffff && offset !== 0xffffffff) return { offset, count }
  return zip64End(jar, at - 20) ?? { offset, count }
}

function zip64End(jar: Buffer, locator: number) {
  if (!isAt(jar, locator, END64_LOCATOR, 20)) return undefined
  const at = Number(jar.readBigUInt64LE(locator + 8))
  if (!isAt(jar, at, END64, 56)) return undefined
  return { count: Number(jar.readBigUInt64LE(at + 32)), offset: Number(jar.readBigUInt64LE(at + 48)) }
}

/** The local header repeats the name and may have other extra fields. */
function contentStart(jar: Buffer, at: number): number | undefined {
  if (!isAt(jar, at, LOCAL, LOCAL_SIZE)) return undefined
  return at + LOCAL_SIZE + jar.readUInt16LE(at + 26) + jar.readUInt16LE(at + 28)
}

function isAt(jar: Buffer, at: number, signature: number, size: number): boolean {
  return at >= 0 && at + size <= jar.length && jar.readUInt32LE(at) === signature
}
