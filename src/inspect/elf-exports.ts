import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { type Dynamic, fileOffset, type Strings } from './elf-dynamic.ts'
import type { Segment } from './elf-header.ts'
import { gnuHash } from './gnu-hash.ts'

/** Of a 64-bit file. */
export const SYMBOL_SIZE = 24

const DT_HASH = 4
const DT_GNU_HASH = 0x6ffffef5
const HEADER = 16
const WORD = 8

// Bounds far above any library in use: 4 million symbols, a bucket of 65,536 of them.
const MAX_SYMBOLS = 4_000_000
const MAX_CHAIN = 65_536

/**
 * Hashes of the defined symbols, 31 bits each in four bytes, little-endian: those of DT_GNU_HASH hold them ready, with
 * the lowest bit marking the end of a bucket. Four bytes a symbol are a tenth of its name, and no string is read.
 */
export function exportedHashes(
  dynamic: Dynamic,
  segments: readonly Segment[],
  strings: Strings,
  cursor: ElfCursor,
  symbolTable: (count: number) => Buffer,
): Buffer {
  const gnu = dynamic.tags.get(DT_GNU_HASH)
  if (gnu !== undefined) return fromGnuHash(fileOffset(gnu, segments), cursor)
  const classic = dynamic.tags.get(DT_HASH)
  if (classic !== undefined) return fromNames(fileOffset(classic, segments), strings, cursor, symbolTable)
  throw new Unreadable('the dynamic section has no hash table', false)
}

/** `nbuckets, symoffset, bloom_size, bloom_shift, bloom[], buckets[], chain[]` (gnu-hash; glibc elf/dl-lookup.c). */
function fromGnuHash(at: number, cursor: ElfCursor): Buffer {
  const header = cursor.slice(at, HEADER, 'the hash table')
  const bucketCount = header.readUInt32LE(0)
  const first = header.readUInt32LE(4)
  const bucketsAt = at + HEADER + header.readUInt32LE(8) * WORD
  if (bucketCount > MAX_SYMBOLS) throw new Unreadable(`a hash table of ${bucketCount} buckets`, false)
  const buckets = cursor.slice(bucketsAt, bucketCount * 4, 'the buckets of the hash table')
  let last = 0
  for (let index = 0; index < bucketCount; index++) last = Math.max(last, buckets.readUInt32LE(index * 4))
  // Nothing is defined: the one bucket is empty.
  if (last < first || last === 0) return Buffer.alloc(0)
  const chainAt = bucketsAt + bucketCount * 4
  const end = endOfChain(chainAt + (last - first) * 4, cursor)
  const chain = Buffer.from(cursor.slice(chainAt, end - chainAt, 'the chains of the hash table'))
  if (chain.length > MAX_SYMBOLS * 4) throw new Unreadable(`a hash table of ${chain.length / 4} symbols`, false)
  for (let offset = 0; offset < chain.length; offset += 4) chain.writeUInt32LE(chain.readUInt32LE(offset) >>> 1, offset)
  return chain
}

function endOfChain(start: number, cursor: ElfCursor): number {
  for (let at = start; at < start + MAX_CHAIN * 4; at += 4) {
    if ((cursor.slice(at, 4, 'the last chain of the hash table').readUInt32LE(0) & 1) === 1) return at + 4
  }
  throw new Unreadable('the last chain of the hash table has no end', false)
}

/** `nbucket, nchain, …` of the gABI: only counts the symbols. */
function fromNames(at: number, strings: Strings, cursor: ElfCursor, symbolTable: (count: number) => Buffer): Buffer {
  const count = cursor.slice(at, 8, 'the hash table').readUInt32LE(4)
  const hashes: number[] = []
  const symbols = symbolTable(count)
  cursor.spend(symbols.length)
  for (let at = SYMBOL_SIZE; at < symbols.length; at += SYMBOL_SIZE) {
    const isExport = symbols.readUInt16LE(at + 6) !== 0 && symbols.readUInt8(at + 4) >> 4 !== 0
    if (isExport) hashes.push(gnuHash(strings(symbols.readUInt32LE(at))) >>> 1)
  }
  const bytes = Buffer.alloc(hashes.length * 4)
  for (const [index, hash] of hashes.entries()) bytes.writeUInt32LE(hash, index * 4)
  return bytes
}
