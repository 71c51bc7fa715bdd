/** What a write-ahead log adds: the newest committed version of each page, and how many pages the database then has. */
export type Committed = {
  readonly pageSize: number
  readonly pageCount: number
  readonly pages: ReadonlyMap<number, Buffer>
}

const HEADER = 32
const FRAME = 24
const MAGIC = 0x377f0682

/**
 * Frames of a log up to its last commit, as SQLite recovers them: what has another salt or a wrong checksum is left over
 * from an earlier use of the file, or was never written whole. `undefined`: nothing was committed.
 */
export function applyWal(wal: Buffer): Committed | undefined {
  if (wal.length < HEADER || (wal.readUInt32BE(0) & ~1) !== MAGIC) return undefined
  const bigEndian = (wal.readUInt32BE(0) & 1) === 1
  const pageSize = wal.readUInt32BE(8)
  let sum = checksum(wal.subarray(0, 24), [0, 0], bigEndian)
  if (pageSize < 512 || pageSize > 65536 || !isAt(wal, 24, sum)) return undefined
  const pages = new Map<number, Buffer>()
  let pending: [number, Buffer][] = []
  let pageCount: number | undefined
  for (let at = HEADER; at + FRAME + pageSize <= wal.length; at += FRAME + pageSize) {
    if (wal.compare(wal, 16, 24, at + 8, at + 16) !== 0) break
    const page = wal.subarray(at + FRAME, at + FRAME + pageSize)
    sum = checksum(page, checksum(wal.subarray(at, at + 8), sum, bigEndian), bigEndian)
    if (!isAt(wal, at + 16, sum)) break
    pending.push([wal.readUInt32BE(at), page])
    const sizeAfterCommit = wal.readUInt32BE(at + 4)
    if (sizeAfterCommit === 0) continue
    for (const [number, content] of pending) pages.set(number, content)
    pending = []
    pageCount = sizeAfterCommit
  }
  return pageCount === undefined ? undefined : { pageSize, pageCount, pages }
}

type Sum = readonly [number, number]

function checksum(bytes: Buffer, [first, second]: Sum, bigEndian: boolean): Sum {
  let a = first
  let b = second
  const word = (at: number) => (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + word(at) + b) >>> 0
    b = (b + word(at + 4) + a) >>> 0
  }
  return [a, b]
}

function isAt(wal: Buffer, at: number, [a, b]: Sum): boolean {
  return wal.readUInt32BE(at) === a && wal.readUInt32BE(at + 4) === b
}
