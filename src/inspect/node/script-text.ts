import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { type NamedModules, namedModules } from './named-modules.ts'

/** The text of a script until it is known whether anybody reads it. */
export type ScriptText = {
  /** In bytes. */
  readonly size: number
  bytes(): Buffer
  names(): NamedModules
}

/** Few scripts are larger, and they hold most of the text: of next 203 of 4934, and 73 of 92 MB. */
const LARGE = 64 * 1024
/** A quarter of the text is left, made faster than the disk gives it. */
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Large texts are held compressed: most are bundles that nobody asks for again. `passing` may be written over afterwards;
 * `named`: what it names, where that is known already.
 */
export function scriptText(passing: Buffer, named?: NamedModules): ScriptText {
  const size = passing.length
  const held = size > LARGE ? zstdCompressSync(passing, FASTEST) : Buffer.from(passing)
  const bytes = size > LARGE ? () => zstdDecompressSync(held) : () => held
  let names = named
  return {
    size,
    bytes,
    names() {
      names ??= namedModules(bytes())
      return names
    },
  }
}
