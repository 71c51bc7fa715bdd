import type { ElfFile } from '../../inspect/evidence.ts'
import { gnuHash } from '../../inspect/gnu-hash.ts'

/** Module versions of Node.js 8 (57) to well beyond what exists. */
const FIRST_ABI = 57
const LAST_ABI = 170

/** `stable`: N-API; a number: NODE_MODULE_VERSION that it registers with; `undefined`: it does not say. */
export function addonAbi(file: ElfFile): number | 'stable' | undefined {
  const { symbols } = file
  if (symbols === undefined) return undefined
  const exports = exportHashes(file)
  if (exports.has(hash('napi_register_module_v1')) || /(?:^| )napi_module_register/.test(imports(file))) return 'stable'
  for (let abi = FIRST_ABI; abi <= LAST_ABI; abi++) {
    if (exports.has(hash(`node_register_module_v${abi}`))) return abi
  }
  return undefined
}

/** Names of the symbols that the file wants from others, separated by blanks. */
export function imports({ symbols }: ElfFile): string {
  return symbols === undefined ? '' : `${symbols.atLoad} ${symbols.atCall}`
}

const known = new WeakMap<ElfFile, ReadonlySet<number>>()

export function exportHashes(file: ElfFile): ReadonlySet<number> {
  const before = known.get(file)
  if (before !== undefined) return before
  const bytes = Buffer.from(file.symbols?.exports ?? '', 'base64')
  const hashes = new Set<number>()
  for (let at = 0; at + 4 <= bytes.length; at += 4) hashes.add(bytes.readUInt32LE(at))
  known.set(file, hashes)
  return hashes
}

/** As in `symbols.exports`: 31 bits. */
export function hash(name: string): number {
  return gnuHash(name) >>> 1
}
