import { budget, Unread } from './unread.ts'

const HASH_MAGIC = 0x061561
const HASH_PAGES = new Set([2, 13])
const OVERFLOW_PAGE = 7
const PAGE_HEADER = 26
const IN_PAGE = 1
const OFF_PAGE = 3

/**
 * Values of a Berkeley DB hash (Oracle Berkeley DB, dbinc/db_page.h), which may be of either byte order: rpm's database
 * of Amazon Linux 2 and of Debian 11. Pages of buckets hold pairs of key and value, long values lie on overflow pages.
 */
export function berkeleyHashValues(file: Buffer): readonly Buffer[] {
  if (file.length < 512) throw new Unread('it is cut short')
  const little = file.readUInt32LE(12) === HASH_MAGIC
  if (!little && file.readUInt32BE(12) !== HASH_MAGIC) throw new Unread('it is no Berkeley DB hash')
  const u16 = (page: Buffer, at: number) => (little ? page.readUInt16LE(at) : page.readUInt16BE(at))
  const u32 = (page: Buffer, at: number) => (little ? page.readUInt32LE(at) : page.readUInt32BE(at))
  const pageSize = u32(file, 20)
  if (pageSize < 512 || pageSize > 65536 || (pageSize & (pageSize - 1)) !== 0)
    throw new Unread('its page size is none of Berkeley DB')
  if (file.readUInt8(24) !== 0) throw new Unread('it is encrypted')
  const spend = budget(file.length)
  const taken = new Set<number>()
  const count = Math.floor(file.length / pageSize)
  const pageOf = (number: number) => file.subarray(number * pageSize, (number + 1) * pageSize)

  const values: Buffer[] = []
  for (let number = 1; number < count; number++) {
    const page = pageOf(number)
    if (HASH_PAGES.has(page.readUInt8(25))) values.push(...valuesOf(page))
  }
  return values

  function valuesOf(page: Buffer): readonly Buffer[] {
    const entries = u16(page, 20)
    if (PAGE_HEADER + entries * 2 > pageSize) throw new Unread('a page has more entries than room')
    const offset = (index: number) => (index < 0 ? pageSize : u16(page, PAGE_HEADER + index * 2))
    const found: Buffer[] = []
    for (let index = 1; index < entries; index += 2) {
      // Entries are laid down from the end of the page, each ends where the one before begins.
      const [start, end] = [offset(index), offset(index - 1)]
      if (start >= end || end > pageSize) throw new Unread('an entry lies outside of its page')
      const kind = page.readUInt8(start)
      if (kind === IN_PAGE) {
        spend(end - start)
        found.push(page.subarray(start + 1, end))
      } else if (kind === OFF_PAGE && start + 12 <= pageSize) {
        found.push(chain(u32(page, start + 4), u32(page, start + 8)))
      } else throw new Unread('an entry is of an unknown kind')
    }
    return found
  }

  /** Each page belongs to one value only, so that a chain ends. */
  function chain(first: number, length: number): Buffer {
    spend(length)
    const parts: Buffer[] = []
    let missing = length
    for (let number = first; missing > 0; ) {
      const page = number > 0 && number < count && !taken.has(number) ? pageOf(number) : undefined
      if (page === undefined || page.readUInt8(25) !== OVERFLOW_PAGE) throw new Unread('a value ends too early')
      taken.add(number)
      const part = page.subarray(PAGE_HEADER, PAGE_HEADER + Math.min(missing, u16(page, 22)))
      parts.push(part)
      missing -= part.length
      number = u32(page, 16)
    }
    return Buffer.concat(parts)
  }
}
