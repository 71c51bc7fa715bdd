import { type SqlitePages, sqlitePages } from './sqlite-pages.ts'
import { budget, Unread } from './unread.ts'

/** A column's value as stored: text stays bytes, numbers that fit are numbers, everything else is `undefined`. */
type Value = Buffer | number | undefined

const INTERIOR = 5
const LEAF = 13

/**
 * Rows of a table in the order of their keys. Own code, since node:sqlite reads only files (`deserialize` is newer than
 * the Node 24 of many runners), does not know the write-ahead log of bytes, and warns in the log that it is experimental.
 */
export function sqliteRows(file: Buffer, wal: Buffer | undefined, table: string): readonly (readonly Value[])[] {
  const pages = sqlitePages(file, wal)
  const spend = budget(pages.size)
  const schema = rows(pages, 1, spend).find(
    ([type, name]) => String(type) === 'table' && String(name).toLowerCase() === table.toLowerCase(),
  )
  const root = schema?.[3]
  if (typeof root !== 'number') throw new Unread(`it has no table ${table}`)
  return rows(pages, root, spend)
}

function rows(pages: SqlitePages, root: number, spend: (bytes: number) => void): (readonly Value[])[] {
  const found: (readonly Value[])[] = []
  // A stack, since a hostile tree may be as deep as the file has pages.
  const open = [root]
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const page = pages.take(number)
    const start = number === 1 ? 100 : 0
    const kind = page.readUInt8(start)
    if (kind !== INTERIOR && kind !== LEAF) throw new Unread('a page of the table is none of a table')
    const cells = cellOffsets(page, start + (kind === INTERIOR ? 12 : 8), page.readUInt16BE(start + 3))
    if (kind === INTERIOR) {
      const children = cells.map((at) => page.readUInt32BE(at))
      open.push(page.readUInt32BE(start + 8), ...children.reverse())
    } else for (const at of cells) found.push(record(payload(pages, page, at, spend)))
  }
  return found
}

function cellOffsets(page: Buffer, from: number, count: number): number[] {
  if (from + count * 2 > page.length) throw new Unread('a page has more cells than room')
  return Array.from({ length: count }, (_, index) => {
    const at = page.readUInt16BE(from + index * 2)
    if (at + 4 > page.length) throw new Unread('a cell begins outside of its page')
    return at
  })
}

/** Content of a leaf cell; what does not fit into the page goes on in a chain of overflow pages. */
function payload({ usable, take }: SqlitePages, page: Buffer, cell: number, spend: (bytes: number) => void): Buffer {
  const [length, afterLength] = varint(page, cell)
  spend(length)
  const [, start] = varint(page, afterLength)
  const most = usable - 35
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((length - least) % (usable - 4))
  const local = length <= most ? length : fitting <= most ? fitting : least
  if (start + local + (local < length ? 4 : 0) > page.length) throw new Unread('a cell ends outside of its page')
  const parts = [page.subarray(start, start + local)]
  let next = local < length ? page.readUInt32BE(start + local) : 0
  for (let missing = length - local; missing > 0; missing -= usable - 4) {
    const overflow = take(next)
    next = overflow.readUInt32BE(0)
    parts.push(overflow.subarray(4, 4 + Math.min(missing, usable - 4)))
  }
  return parts.length === 1 ? page.subarray(start, start + local) : Buffer.concat(parts)
}

function record(bytes: Buffer): readonly Value[] {
  const [headerLength, first] = varint(bytes, 0)
  const values: Value[] = []
  let at = headerLength
  for (let head = first; head < headerLength; ) {
    const [type, next] = varint(bytes, head)
    head = next
    const length = type >= 12 ? Math.floor((type - 12) / 2) : (SIZES[type] ?? 0)
    if (at + length > bytes.length) throw new Unread('a row names a value outside of itself')
    if (type >= 12) values.push(bytes.subarray(at, at + length))
    else if (type >= 1 && type <= 5) values.push(bytes.readIntBE(at, length))
    else values.push(type === 8 ? 0 : type === 9 ? 1 : undefined)
    at += length
  }
  return values
}

/** Bytes of a value by its serial type, below 12. */
const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0] as const

/** Number of up to nine bytes and where it ends; beyond 2^53 no longer exact, and larger than any file. */
function varint(bytes: Buffer, start: number): readonly [number, number] {
  let value = 0
  for (let index = 0; index < 9; index++) {
    const byte = bytes[start + index]
    if (byte === undefined) throw new Unread('a number ends outside of its page')
    if (index === 8) return [value * 256 + byte, start + 9]
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, start + index + 1]
  }
  return [value, start + 9]
}
