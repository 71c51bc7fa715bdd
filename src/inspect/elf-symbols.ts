import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { type Dynamic, fileOffset, type Strings } from './elf-dynamic.ts'
import { exportedHashes, SYMBOL_SIZE } from './elf-exports.ts'
import type { Segment } from './elf-header.ts'
import { relocatedSymbols } from './elf-relocations.ts'
import type { ElfSymbols } from './evidence.ts'

/** ELF gABI "Symbol Table" and "Dynamic Section". */
const DT_SYMTAB = 6
/** LSB "Symbol Versioning": one number for each symbol. */
const DT_VERSYM = 0x6ffffff0
const STB_GLOBAL = 1
const VERSION_INDEX = 0x7fff

// Symbols of these are covered by their versions, which are kept: the loader looks at versions first, and a C or C++
// library that defines a version and lacks a symbol of it is not in use anywhere.
const TOLD_BY_VERSION = /^(?:GLIBC|GLIBCXX|CXXABI|GCC)_/

/**
 * What the file asks of others and offers to them, from PT_DYNAMIC alone; `undefined` where it cannot be read: other
 * facts stand without it. Only 64-bit little-endian files, as both of Lambda's processors run them.
 */
export function readSymbols(
  dynamic: Dynamic,
  segments: readonly Segment[],
  strings: Strings,
  versionNames: ReadonlyMap<number, string>,
  cursor: ElfCursor,
): ElfSymbols | undefined {
  try {
    const table = dynamic.tags.get(DT_SYMTAB)
    if (table === undefined) return undefined
    const at = fileOffset(table, segments)
    const exports = exportedHashes(dynamic, segments, strings, cursor, (count) =>
      cursor.slice(at, count * SYMBOL_SIZE, 'the dynamic symbols'),
    )
    const wanted = relocatedSymbols(dynamic, segments, cursor)
    const count = (wanted.at(-1)?.index ?? -1) + 1
    const symbols = cursor.slice(at, count * SYMBOL_SIZE, 'the dynamic symbols')
    const versionOf = versions(dynamic, segments, versionNames, count, cursor)
    const names: { atLoad: string[]; atCall: string[] } = { atLoad: [], atCall: [] }
    for (const { index, when } of wanted) {
      const symbol = index * SYMBOL_SIZE
      const isImport = symbols.readUInt16LE(symbol + 6) === 0 && symbols.readUInt8(symbol + 4) >> 4 === STB_GLOBAL
      if (!isImport) continue
      cursor.spend(SYMBOL_SIZE)
      const version = versionOf(index)
      if (version !== undefined && TOLD_BY_VERSION.test(version)) continue
      const name = strings(symbols.readUInt32LE(symbol))
      if (name !== '') names[when].push(version === undefined ? name : `${name}@${version}`)
    }
    return { exports: exports.toString('base64'), atLoad: names.atLoad.join(' '), atCall: names.atCall.join(' ') }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** The versions of the first `count` symbols. */
function versions(
  { tags }: Dynamic,
  segments: readonly Segment[],
  names: ReadonlyMap<number, string>,
  count: number,
  cursor: ElfCursor,
): (index: number) => string | undefined {
  const address = tags.get(DT_VERSYM)
  if (address === undefined || names.size === 0) return () => undefined
  const numbers = cursor.slice(fileOffset(address, segments), count * 2, 'the versions of symbols')
  return (index) => names.get(numbers.readUInt16LE(index * 2) & VERSION_INDEX)
}
