import { applyWal } from './sqlite-wal.ts'
import { Unread } from './unread.ts'

/** Pages of an SQLite database by their number, which counts from 1. */
export type SqlitePages = {
  /** Bytes of a page that hold content; some databases keep room at its end for extensions. */
  readonly usable: number
  /** Bytes of all pages. */
  readonly size: number
  /** A page, each at most once: no page of a real table belongs to two places. Unread for a second time, or outside. */
  take(number: number): Buffer
}

/** The database as SQLite would open it: `file` with what `wal` committed after it (sqlite.org/fileformat2.html). */
export function sqlitePages(file: Buffer, wal: Buffer | undefined): SqlitePages {
  const committed = wal === undefined ? undefined : applyWal(wal)
  const header = committed?.pages.get(1) ?? file.subarray(0, 100)
  if (header.length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw new Unread('it is no SQLite database')
  const written = header.readUInt16BE(16)
  const pageSize = written === 1 ? 65536 : written
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) throw new Unread('its page size is none of SQLite')
  if (committed !== undefined && committed.pages.size > 0 && committed.pageSize !== pageSize)
    throw new Unread('its write-ahead log belongs to another database')
  const count = committed?.pageCount ?? Math.floor(file.length / pageSize)
  const taken = new Set<number>()
  return {
    usable: pageSize - header.readUInt8(20),
    size: count * pageSize,
    take(number) {
      if (number < 1 || number > count || taken.has(number)) throw new Unread('its pages are not linked as a tree')
      taken.add(number)
      const page = committed?.pages.get(number) ?? file.subarray((number - 1) * pageSize, number * pageSize)
      if (page.length < pageSize) throw new Unread('it is cut short')
      return page
    },
  }
}
