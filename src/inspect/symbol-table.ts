import type { ElfFile, ElfSymbols } from './evidence.ts'
import { gnuHash } from './gnu-hash.ts'

/** A symbol that a file wants of others. */
export type ImportedSymbol = {
  readonly name: string
  /** Set for versions of other libraries than those of C and C++ (`OPENSSL_3.0.0`). */
  readonly version?: string
  /** The lookup may wait for the first call; with `bindNow` or RTLD_NOW it does not. */
  readonly atCall: boolean
}

const exported = new WeakMap<ElfFile, Uint32Array>()
const imported = new WeakMap<ElfFile, readonly ImportedSymbol[]>()

/**
 * Whether the file defines a symbol for others to use (`PyInit__ssl`, `napi_register_module_v1`); `undefined` when its
 * symbols were not read. Compares hashes of 32 bits: beside 100,000 names one absent name in 40,000 is taken for present.
 */
export function defines(file: ElfFile, symbol: string): boolean | undefined {
  return file.symbols === undefined ? undefined : definesHash(file, symbolHash(symbol))
}

/** The same for a hash made by `symbolHash`; false where the symbols were not read. */
export function definesHash(file: ElfFile, hash: number): boolean {
  return holdsHash(exportedHashes(file), hash)
}

/** `hashes`: ascending. */
export function holdsHash(hashes: Uint32Array, hash: number): boolean {
  let low = 0
  let high = hashes.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const value = hashes[middle] ?? 0
    if (value === hash) return true
    if (value < hash) low = middle + 1
    else high = middle - 1
  }
  return false
}

/** What a symbol is known by among exports. */
export function symbolHash(symbol: string): number {
  return gnuHash(symbol)
}

/** Ascending, as the reader of symbols has sorted them. */
export function exportedHashes(file: ElfFile): Uint32Array {
  const known = exported.get(file)
  if (known !== undefined) return known
  const hashes = decoded(file)
  exported.set(file, hashes)
  return hashes
}

function decoded({ symbols }: ElfFile): Uint32Array {
  const bytes = Buffer.from(symbols?.exports ?? '', 'base64')
  const whole = bytes.length & ~3
  // Every processor that runs an action is little-endian, as the table is.
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole))
}

/** Strong symbols that the file's relocations want; none of those that come with a version of the C or C++ library. */
export function imports(file: ElfFile): readonly ImportedSymbol[] {
  const known = imported.get(file)
  if (known !== undefined) return known
  const { atLoad = '', atCall = '' } = file.symbols ?? {}
  const symbols = [...split(atLoad, false), ...split(atCall, true)]
  imported.set(file, symbols)
  return symbols
}

const importedByHash = new WeakMap<ElfSymbols, Uint32Array>()

/** `imports` by their hashes, in the same order: most are defined somewhere, and need no name. */
export function importedHashes({ symbols }: Pick<ElfFile, 'symbols'>): Uint32Array {
  if (symbols === undefined) return NO_HASHES
  const known = importedByHash.get(symbols)
  if (known !== undefined) return known
  const hashes = new Uint32Array([...hashesOf(symbols.atLoad), ...hashesOf(symbols.atCall)])
  importedByHash.set(symbols, hashes)
  return hashes
}

/** symbolHash of each name, without cutting any out: few are ever asked for by name. */
function hashesOf(names: string): readonly number[] {
  if (names === '') return []
  const bytes = Buffer.from(names)
  const hashes: number[] = []
  let hash = FIRST_HASH
  let isName = true
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === BLANK) {
      hashes.push(hash)
      hash = FIRST_HASH
      isName = true
    } else if (byte === AT) isName = false
    else if (isName) hash = (Math.imul(hash, 33) + byte) | 0
  }
  hashes.push(hash)
  return hashes
}

const NO_HASHES = new Uint32Array()
const FIRST_HASH = 5381

const BLANK = 32
const AT = 64

/** True when the file imports a symbol that begins so: `Py`, `napi_`, `_ZN2v8`. */
export function importsPrefix({ symbols }: ElfFile, prefix: string): boolean {
  const { atLoad = '', atCall = '' } = symbols ?? {}
  return [atLoad, atCall].some((names) => names.startsWith(prefix) || names.includes(` ${prefix}`))
}

function split(names: string, atCall: boolean): ImportedSymbol[] {
  return names === '' ? [] : names.split(' ').map((text) => ({ ...parse(text), atCall }))
}

/** `name` or `name@VERSION`. */
function parse(text: string): Pick<ImportedSymbol, 'name' | 'version'> {
  const [name = '', version] = text.split('@')
  return version === undefined ? { name } : { name, version }
}
