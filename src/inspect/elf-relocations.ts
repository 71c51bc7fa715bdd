import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { type Dynamic, fileOffset } from './elf-dynamic.ts'
import type { Segment } from './elf-header.ts'

/** ELF gABI "Dynamic Section"; DT_RELACOUNT of Solaris and GNU: how many at the beginning name no symbol. */
const DT_RELA = 7
const DT_RELASZ = 8
const DT_RELACOUNT = 0x6ffffff9
const DT_JMPREL = 23
const DT_PLTRELSZ = 2
const ENTRY_SIZE = 24
const SYMBOL_AT = 12

// The largest C++ libraries in use have 300,000.
const MAX_SYMBOLS = 4_000_000

/** `atCall`: only calls through the procedure linkage table want it, which the loader may put off to the first call. */
export type RelocatedSymbol = { readonly index: number; readonly when: 'atLoad' | 'atCall' }

/** The symbols that relocations name, each once, in the order of the symbol table: others are never looked up. */
export function relocatedSymbols(
  { tags }: Dynamic,
  segments: readonly Segment[],
  cursor: ElfCursor,
): readonly RelocatedSymbol[] {
  const skipped = (tags.get(DT_RELACOUNT) ?? 0) * ENTRY_SIZE
  const calls = table(DT_JMPREL, DT_PLTRELSZ, 0)
  const others = table(DT_RELA, DT_RELASZ, skipped)
  const wanted = new Uint8Array(Math.max(highest(calls), highest(others)) + 1)
  mark(calls, 1)
  mark(others, 2)
  const symbols: RelocatedSymbol[] = []
  for (let index = 1; index < wanted.length; index++) {
    const by = wanted[index]
    if (by) symbols.push({ index, when: by === 1 ? 'atCall' : 'atLoad' })
  }
  return symbols

  function table(address: number, size: number, from: number): Buffer {
    const at = tags.get(address)
    const length = (tags.get(size) ?? 0) - from
    if (at === undefined || length < ENTRY_SIZE) return Buffer.alloc(0)
    return cursor.slice(fileOffset(at, segments) + from, length, 'the relocations')
  }

  function highest(entries: Buffer): number {
    let most = 0
    for (let at = SYMBOL_AT; at + 4 <= entries.length; at += ENTRY_SIZE) most = Math.max(most, entries.readUInt32LE(at))
    if (most > MAX_SYMBOLS) throw new Unreadable(`a relocation names symbol ${most}`, false)
    return most
  }

  function mark(entries: Buffer, by: number): void {
    for (let at = SYMBOL_AT; at + 4 <= entries.length; at += ENTRY_SIZE) {
      const index = entries.readUInt32LE(at)
      wanted[index] = (wanted[index] ?? 0) | by
    }
  }
}
