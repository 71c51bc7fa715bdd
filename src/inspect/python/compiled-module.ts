import type { FileEntry } from '../evidence.ts'
import {
  CFFI_MODULE,
  compiledImports,
  fillsNumpy,
  goesOnWithoutNumpy,
  isInitializedOnce,
  isMadeForNumpy1,
} from './compiled-imports.ts'
import { offeredConstants } from './library-names.ts'
import type { CompiledModule } from './python-file.ts'

/** `constants`: words that may be those of a library of cffi, for as long as others may ask for them. */
export type CompiledDraft = CompiledModule & { readonly constants?: string }

export function readCompiled({ path }: FileEntry, bytes: Buffer): CompiledDraft {
  const imports = compiledImports(path, bytes)
  return {
    kind: 'compiled',
    path,
    imports,
    ...(imports.includes(CFFI_MODULE) ? { constants: offeredConstants(bytes) } : {}),
    // Only what asks for others can fail when it is initialized.
    ...(imports.length > 0 && isInitializedOnce(bytes) ? { once: true } : {}),
    ...(fillsNumpy(bytes) ? { fillsNumpy: true } : {}),
    ...(isMadeForNumpy1(bytes) ? { numpy: 1, ...(goesOnWithoutNumpy(bytes) ? { goesOnWithoutNumpy: true } : {}) } : {}),
  }
}
