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
  const hashes = Buffer.alloc(exports.length * 4)
  for (const [index, name] of exports.entries()) hashes.writeUInt32LE(symbolHash(name), index * 4)
  return { exports: hashes.toString('base64'), atLoad: atLoad.join(' '), atCall: atCall.join(' ') }
}
