import type { ElfFile } from '../../inspect/evidence.ts'
import { defines } from '../../inspect/symbol-table.ts'

/** NODE_MODULE_VERSION of every release line since Node.js 8 (abi_version_registry.json), newest first. */
const RELEASED = [147, 141, 137, 131, 127, 120, 115, 111, 108, 102, 93, 88, 83, 79, 72, 67, 64, 57]
const LAST_ABI = 170

/**
 * `stable`: Node-API; numbers: a NODE_MODULE_VERSION that it registers with, as far as the hash of a name
 * tells, the likeliest first; none: it does not say.
 */
export function addonAbi(file: ElfFile): readonly number[] | 'stable' {
  if (defines(file, 'napi_register_module_v1') || /(?:^| )napi_module_register/.test(imports(file))) return 'stable'
  // Node.js takes an initialiser of its own version before it refuses the version that was registered.
  const registered = file.nodeModuleVersion === undefined ? [] : [file.nodeModuleVersion]
  const others = Array.from({ length: LAST_ABI }, (_, index) => index + 1).filter((abi) => !RELEASED.includes(abi))
  const named = [...RELEASED, ...others].filter((abi) => defines(file, `node_register_module_v${abi}`))
  return [...new Set([...named, ...registered])]
}

/** Names of the symbols that the file wants from others, separated by blanks. */
export function imports({ symbols }: ElfFile): string {
  return symbols === undefined ? '' : `${symbols.atLoad} ${symbols.atCall}`
}
