import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { type Dynamic, fileOffset, type Strings } from './elf-dynamic.ts'
import { SYMBOL_SIZE } from './elf-exports.ts'
import type { Segment } from './elf-header.ts'
import { gnuHash } from './gnu-hash.ts'

/** What Node.js asks an addon for its version of Node-API by (node_api.h, NAPI_MODULE_INIT). */
export const STATES_NODE_API = 'node_api_module_get_api_version_v1'

const DT_SYMTAB = 6
const DT_GNU_HASH = 0x6ffffef5
const HEADER = 16
const WORD = 8
const MOST_IN_BUCKET = 1000
const [EM_X86_64, EM_AARCH64] = [62, 183]
const LONGEST = 16

/**
 * The version of Node-API that an addon was built for: the number that its function returns, read from the instructions
 * that compilers make of `return 10`. `undefined`: it is written in another way.
 */
export function nodeApiVersion(
  machine: number,
  { tags }: Dynamic,
  segments: readonly Segment[],
  strings: Strings,
  cursor: ElfCursor,
): number | undefined {
  try {
    const [hashTable, symbols] = [tags.get(DT_GNU_HASH), tags.get(DT_SYMTAB)]
    if (hashTable === undefined || symbols === undefined) return undefined
    const symbolsAt = fileOffset(symbols, segments)
    for (const index of candidates(fileOffset(hashTable, segments), cursor)) {
      const symbol = cursor.slice(symbolsAt + index * SYMBOL_SIZE, SYMBOL_SIZE, 'a dynamic symbol')
      if (strings(symbol.readUInt32LE(0)) !== STATES_NODE_API) continue
      return returned(machine, cursor.slice(fileOffset(cursor.word(symbol, 8), segments), LONGEST, 'a function'))
    }
    return undefined
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** Indices of the symbols whose hash is the name's, but for its lowest bit (gnu-hash; glibc elf/dl-lookup.c). */
function candidates(at: number, cursor: ElfCursor): readonly number[] {
  const hash = gnuHash(STATES_NODE_API)
  const header = cursor.slice(at, HEADER, 'the hash table')
  const [count, first] = [header.readUInt32LE(0), header.readUInt32LE(4)]
  if (count === 0) return []
  const buckets = at + HEADER + header.readUInt32LE(8) * WORD
  const start = cursor.slice(buckets + (hash % count) * 4, 4, 'a bucket of the hash table').readUInt32LE(0)
  const chains = buckets + count * 4
  const found: number[] = []
  for (let index = start; index >= first && index > 0 && index < start + MOST_IN_BUCKET; index++) {
    const link = cursor.slice(chains + (index - first) * 4, 4, 'a chain of the hash table').readUInt32LE(0)
    if ((link ^ hash) >>> 1 === 0) found.push(index)
    if ((link & 1) === 1) break
  }
  return found
}

function returned(machine: number, code: Buffer): number | undefined {
  if (machine === EM_X86_64) {
    // endbr64, push rbp, mov rbp, rsp; mov eax, NUMBER; pop rbp; ret
    const [, number] = /^(?:f30f1efa)?(?:554889e5)?b8(.{8})(?:5d)?c3/.exec(code.toString('hex')) ?? []
    return number === undefined ? undefined : Buffer.from(number, 'hex').readUInt32LE(0)
  }
  if (machine !== EM_AARCH64) return undefined
  // bti c; mov w0, NUMBER; ret
  const at = code.readUInt32LE(0) === 0xd503245f ? 4 : 0
  const [move, back] = [code.readUInt32LE(at), code.readUInt32LE(at + 4)]
  return (move & 0xffe0001f) >>> 0 === 0x52800000 && back === 0xd65f03c0 ? (move >>> 5) & 0xffff : undefined
}
