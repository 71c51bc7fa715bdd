import type { ElfFile } from './evidence.ts'
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
  const hashes = exportedHashes(file)
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

/** Ascending. */
export function exportedHashes(file: ElfFile): Uint32Array {
  const known = exported.get(file)
  if (known !== undefined) return known
  const bytes = Buffer.from(file.symbols?.exports ?? '', 'base64')
  const hashes = new Uint32Array(bytes.length >> 2)
  for (let index = 0; index < hashes.length; index++) hashes[index] = bytes.readUInt32LE(index * 4)
  hashes.sort()
  exported.set(file, hashes)
  return hashes
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

/** True when the file imports a symbol that begins so: `Py`, `napi_`, `_ZN2v8`. */
export function importsPrefix({ symbols }: ElfFile, prefix: string): boolean {
  const { atLoad = '', atCall = '' } = symbols ?? {}
  return [atLoad, atCall].some((names) => names.startsWith(prefix) || names.includes(` ${prefix}`))
}

function split(names: string, atCall: boolean): ImportedSymbol[] {
  if (names === '') return []
  return names.split(' ').map((text) => {
    const [name = '', version] = text.split('@')
    return version === undefined ? { name, atCall } : { name, version, atCall }
  })
}
