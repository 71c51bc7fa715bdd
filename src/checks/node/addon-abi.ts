import type { ElfFile } from '../../inspect/evidence.ts'
import { gnuHash } from '../../inspect/gnu-hash.ts'

/** NODE_MODULE_VERSION of every release line since Node.js 8 (abi_version_registry.json), newest first. */
const RELEASED = [147, 141, 137, 131, 127, 120, 115, 111, 108, 102, 93, 88, 83, 79, 72, 67, 64, 57]
const LAST_ABI = 170

/**
 * `stable`: Node-API; numbers: a NODE_MODULE_VERSION that it registers with, as far as 31 bits of a name's hash tell
 * (two versions may share them), the likeliest first; none: it does not say.
 */
export function addonAbi(file: ElfFile): readonly number[] | 'stable' {
  const exports = exportHashes(file)
  if (exports.has(hash('napi_register_module_v1')) || /(?:^| )napi_module_register/.test(imports(file))) return 'stable'
  const others = Array.from({ length: LAST_ABI }, (_, index) => index + 1).filter((abi) => !RELEASED.includes(abi))
  return [...RELEASED, ...others].filter((abi) => exports.has(hash(`node_register_module_v${abi}`)))
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
