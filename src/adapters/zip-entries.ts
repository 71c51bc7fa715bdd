import { crc32 } from 'node:zlib'
import { crc32Combine } from '../layer/zip/crc32-combine.ts'
import type { ZipContent } from '../layer/zip/zip-contents.ts'
import { directoryEnd, directoryEntry, localHeader, type ZipRecord } from '../layer/zip/zip-records.ts'
import type { ZipOutput } from './zip-output.ts'
import type { PackedPiece } from './zip-worker.ts'
import type { PackedBatch } from './zip-workers.ts'

export type ZipEntries = {
  /** Writes what is in the batch, and the folders and links that come before. */
  write(batch: PackedBatch): void
  /** Writes what comes after the last batch, and the directory. */
  end(): void
}

/**
 * Entries of a zip in the order of its contents, as their pieces come. Of what was written only the directory's bytes are
 * held, those of a batch in one piece.
 */
export function zipEntries(contents: readonly ZipContent[], output: ZipOutput): ZipEntries {
  const directory: Buffer[] = []
  let last: Buffer[] = []
  let at = 0
  /** A file of which pieces are to come: its header, which tells its size, is filled in when the last was written. */
  let large: ZipRecord | undefined

  return {
    write(batch) {
      for (const piece of batch.packed) {
        writeUpTo(piece.index)
        writePiece(piece, batch.bytes(piece))
      }
      directory.push(Buffer.concat(last))
      last = []
    },
    end() {
      writeUpTo(contents.length)
      const start = output.position()
      for (const bytes of [...directory, ...last]) output.put(bytes)
      output.put(directoryEnd(contents.length, start, output.position() - start))
    },
  }

  function writeUpTo(index: number): void {
    for (; at < index; at++) {
      const content = contents[at]
      if (content === undefined || large !== undefined) throw new Error('There are fewer pieces than files.')
      const bytes = Buffer.from(content.link ?? '')
      const record = { ...begin(content), crc32: crc32(bytes), compressed: bytes.length }
      output.put(localHeader(record))
      output.put(bytes)
      last.push(directoryEntry(record))
    }
  }

  function writePiece(piece: PackedPiece, bytes: Uint8Array): void {
    const content = contents[at]
    if (content === undefined) throw new Error('There are more pieces than files.')
    const before = large ?? begin(content)
    const record = withPiece(before, piece, bytes.length)
    if (piece.last && large === undefined) output.put(localHeader(record))
    if (!piece.last && large === undefined) output.reserve(localHeader(record).length)
    output.put(bytes)
    if (piece.last && large !== undefined) output.fill(localHeader(record))
    large = piece.last ? undefined : record
    if (!piece.last) return
    last.push(directoryEntry(record))
    at++
  }

  function begin({ name, mode, size }: ZipContent): ZipRecord {
    return { name, mode, size, method: 'stored', crc32: 0, compressed: 0, offset: output.position() }
  }
}

function withPiece(record: ZipRecord, { stored, crc32, length }: PackedPiece, compressed: number): ZipRecord {
  return {
    ...record,
    method: stored ? 'stored' : 'deflated',
    crc32: record.compressed === 0 ? crc32 : crc32Combine(record.crc32, crc32, length),
    compressed: record.compressed + compressed,
  }
}
