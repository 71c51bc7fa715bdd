import type { ElfSymbols } from '../../src/inspect/evidence.ts'
import { symbolHash } from '../../src/inspect/symbol-table.ts'

/** Symbols of a made-up file as the evidence holds them; imports as `name` or `name@VERSION`. */
export function makeSymbols({
  exports = [],
  atLoad = [],
  atCall = [],
}: {
  readonly exports?: readonly string[]
  readonly atLoad?: readonly string[]
  readonly atCall?: readonly string[]
}): ElfSymbols {
  // As the reader writes them down: in the order in which they are searched for.
  const hashes = Uint32Array.from(exports, symbolHash).sort()
  return {
    exports: Buffer.from(hashes.buffer).toString('base64'),
    atLoad: atLoad.join(' '),
    atCall: atCall.join(' '),
  }
}
