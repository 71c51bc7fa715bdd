import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { type Dynamic, fileOffset, type Strings, stringTable } from './elf-dynamic.ts'
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
// Bytes of names; libraries of 300,000 C++ symbols have 40 MB.
const MAX_NAMES = 256 * 1024 * 1024

/**
 * Hashes of the defined symbols in ascending order, four bytes each, little-endian: DT_GNU_HASH holds them ready but for the lowest bit, which
 * marks the end of a bucket. Four bytes a symbol are a tenth of its name, and no string is read.
 */
export function exportedHashes(
  dynamic: Dynamic,
  segments: readonly Segment[],
  strings: Strings,
  cursor: ElfCursor,
  symbolTable: (count: number) => Buffer,
): Buffer {
  const gnu = dynamic.tags.get(DT_GNU_HASH)
  if (gnu !== undefined) {
    const { first, hashes } = fromGnuHash(fileOffset(gnu, segments), cursor)
    if (hashes.length === 0) return hashes
    const symbols = symbolTable(first + hashes.length / 4).subarray(first * SYMBOL_SIZE)
    return ascending(withLowestBits(hashes, symbols, stringTable(dynamic, segments, cursor)))
  }
  const classic = dynamic.tags.get(DT_HASH)
  if (classic !== undefined) return ascending(fromNames(fileOffset(classic, segments), strings, cursor, symbolTable))
  throw new Unreadable('the dynamic section has no hash table', false)
}

/** In the order in which they are searched for, while a stream is waited for: an image has a million of them. */
function ascending(hashes: Buffer): Buffer {
  // Copied: numbers of four bytes begin at multiples of four. Every processor that runs an action is little-endian.
  const numbers = new Uint32Array(hashes.buffer.slice(hashes.byteOffset, hashes.byteOffset + hashes.length)).sort()
  return Buffer.from(numbers.buffer)
}

/** `nbuckets, symoffset, bloom_size, bloom_shift, bloom[], buckets[], chain[]` (gnu-hash; glibc elf/dl-lookup.c). */
function fromGnuHash(at: number, cursor: ElfCursor): { readonly first: number; readonly hashes: Buffer } {
  const header = cursor.slice(at, HEADER, 'the hash table')
  const bucketCount = header.readUInt32LE(0)
  const first = header.readUInt32LE(4)
  const bucketsAt = at + HEADER + header.readUInt32LE(8) * WORD
  if (bucketCount > MAX_SYMBOLS) throw new Unreadable(`a hash table of ${bucketCount} buckets`, false)
  const buckets = cursor.slice(bucketsAt, bucketCount * 4, 'the buckets of the hash table')
  let last = 0
  for (let index = 0; index < bucketCount; index++) last = Math.max(last, buckets.readUInt32LE(index * 4))
  // Nothing is defined: the one bucket is empty.
  if (last < first || last === 0) return { first, hashes: Buffer.alloc(0) }
  const chainAt = bucketsAt + bucketCount * 4
  const end = endOfChain(chainAt + (last - first) * 4, cursor)
  const chain = Buffer.from(cursor.slice(chainAt, end - chainAt, 'the chains of the hash table'))
  if (chain.length > MAX_SYMBOLS * 4) throw new Unreadable(`a hash table of ${chain.length / 4} symbols`, false)
  return { first, hashes: chain }
}

/**
 * Without its lowest bit a hash is that of two names which differ in their last letter (`_v126`, `_v127`). That bit is the
 * sum of the name's bytes, odd or even: 33 is odd, and so is the 5381 that the hash begins with.
 */
function withLowestBits(hashes: Buffer, symbols: Buffer, strings: Buffer): Buffer {
  let read = 0
  for (let offset = 0; offset < hashes.length; offset += 4) {
    let sum = 5381
    const start = symbols.readUInt32LE((offset / 4) * SYMBOL_SIZE)
    let at = start
    for (; at < strings.length && strings[at] !== 0; at++) sum += strings[at] ?? 0
    read += at - start
    if (read > MAX_NAMES) throw new Unreadable('the symbols are named with more than a real file has', false)
    hashes.writeUInt32LE(((hashes.readUInt32LE(offset) & ~1) | (sum & 1)) >>> 0, offset)
  }
  return hashes
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
    if (isExport) hashes.push(gnuHash(strings(symbols.readUInt32LE(at))))
  }
  const bytes = Buffer.alloc(hashes.length * 4)
  for (const [index, hash] of hashes.entries()) bytes.writeUInt32LE(hash, index * 4)
  return bytes
}
