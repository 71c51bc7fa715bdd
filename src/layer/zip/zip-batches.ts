import type { ZipContent } from './zip-contents.ts'

/** A piece of one file that is compressed at once. `index`: of the content; `last`: its stream ends with this piece. */
export type ZipPiece = {
  readonly index: number
  readonly start: number
  readonly length: number
  readonly last: boolean
}

/** Bytes of one piece: a large file is compressed by several workers, each going on from the 32 KB before. */
export const PIECE = 1024 * 1024
const BATCH_BYTES = 2 * PIECE
const BATCH_FILES = 400

/**
 * Bytes that a batch has at most once packed. What does not shrink is stored, but for a piece of a larger file: deflate's own
 * stored blocks add 5 bytes for 16 KB or more of content, and a flush as many at the end of the piece.
 */
export const MOST_PACKED = BATCH_BYTES + BATCH_BYTES / 1024

/**
 * Work for the workers, in the order of the zip: many small files at once, large ones in pieces. The pieces depend on
 * nothing but the sizes, so that the bytes of the zip do not depend on the number of processors.
 */
export function* zipBatches(contents: readonly ZipContent[]): Generator<readonly ZipPiece[]> {
  let batch: ZipPiece[] = []
  let bytes = 0
  for (const [index, content] of contents.entries()) {
    for (const piece of pieces(content, index)) {
      if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + piece.length > BATCH_BYTES)) {
        yield batch
        batch = []
        bytes = 0
      }
      batch.push(piece)
      bytes += piece.length
    }
  }
  if (batch.length > 0) yield batch
}

function* pieces({ name, size, link }: ZipContent, index: number): Generator<ZipPiece> {
  if (name.endsWith('/') || link !== undefined) return
  const count = Math.max(1, Math.ceil(size / PIECE))
  for (let at = 0; at < count; at++) {
    yield { index, start: at * PIECE, length: Math.min(PIECE, size - at * PIECE), last: at === count - 1 }
  }
}
