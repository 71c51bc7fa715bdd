import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { crc32Combine } from '../layer/zip/crc32-combine.ts'
import { type ZipPiece, zipBatches } from '../layer/zip/zip-batches.ts'
import type { ZipContent } from '../layer/zip/zip-contents.ts'
import { directoryEnd, directoryEntry, localHeader, type ZipRecord } from '../layer/zip/zip-records.ts'
import type { LayerZipWriter } from '../ports/layer-zip-writer.ts'
import { makeFolder } from './make-folder.ts'
import { type ZipOutput, zipOutput } from './zip-output.ts'
import type { PackedPiece } from './zip-worker.ts'
import { type PackedBatch, type ZipWorkers, zipWorkers } from './zip-workers.ts'

/**
 * Packs layers on all processors, in order and with little memory: at most a few batches wait to be written. The zip
 * appears under its name once it is whole.
 */
export function layerZipWriter({ signal }: { readonly signal: AbortSignal }): LayerZipWriter {
  return {
    async write(folder, contents, path) {
      await makeFolder(dirname(path))
      const partial = `${path}.${process.pid}.partial`
      const file = await open(partial, 'w+')
      try {
        await using workers = zipWorkers()
        const output = zipOutput(file)
        await writeZip(folder, contents, { output, workers, signal })
        const written = await output.end()
        await file.close()
        await rename(partial, path)
        return { path, ...written }
      } catch (error) {
        await file.close().catch(() => undefined)
        await rm(partial, { force: true })
        throw error
      }
    },
  }
}

type Writing = { readonly output: ZipOutput; readonly workers: ZipWorkers; readonly signal: AbortSignal }

async function writeZip(folder: string, contents: readonly ZipContent[], writing: Writing): Promise<void> {
  const { output, signal } = writing
  const records: ZipRecord[] = []
  const pieces = inOrder(folder, contents, writing)
  for (const content of contents) {
    signal.throwIfAborted()
    records.push(await writeEntry(content, pieces, output))
  }
  const start = output.position()
  for (const record of records) await output.put(directoryEntry(record))
  await output.put(directoryEnd(records.length, start, output.position() - start))
}

async function writeEntry(content: ZipContent, pieces: Pieces, output: ZipOutput): Promise<ZipRecord> {
  const { name, mode, size, link } = content
  const empty: ZipRecord = {
    name,
    mode,
    size,
    method: 'stored',
    crc32: 0,
    compressed: 0,
    offset: output.position(),
  }
  if (name.endsWith('/') || link !== undefined) {
    const bytes = Buffer.from(link ?? '')
    const record = { ...empty, crc32: crc32(bytes), compressed: bytes.length }
    await output.put(localHeader(record))
    await output.put(bytes)
    return record
  }
  const first = await next(pieces)
  if (!first.last) return await writeLarge(empty, first, pieces, output)
  const record = withPiece(empty, first)
  await output.put(localHeader(record))
  await output.put(first.bytes)
  return record
}

/** A file of several pieces is never held whole: its header, which tells its size, is filled in when the last was written. */
async function writeLarge(empty: ZipRecord, first: Piece, pieces: Pieces, output: ZipOutput): Promise<ZipRecord> {
  await output.reserve(localHeader(empty).length)
  let record = empty
  for (let piece = first; ; piece = await next(pieces)) {
    record = withPiece(record, piece)
    await output.put(piece.bytes)
    if (piece.last) break
  }
  await output.fill(localHeader(record))
  return record
}

function withPiece(record: ZipRecord, { stored, crc32, length, bytes }: Piece): ZipRecord {
  return {
    ...record,
    method: stored ? 'stored' : 'deflated',
    crc32: record.compressed === 0 ? crc32 : crc32Combine(record.crc32, crc32, length),
    compressed: record.compressed + bytes.length,
  }
}

type Piece = PackedPiece & { readonly bytes: Uint8Array }
type Pieces = AsyncGenerator<Piece>

/** Pieces in the order of the zip, each there until the next is asked for; a few batches are always under way. */
async function* inOrder(folder: string, contents: readonly ZipContent[], { workers, signal }: Writing): Pieces {
  const batches = zipBatches(contents)
  const underWay: Promise<PackedBatch>[] = []
  for (;;) {
    while (underWay.length < workers.ahead) {
      const { value: batch, done } = batches.next()
      if (done) break
      const packed = workers.pack(batch.map((piece) => ({ ...piece, path: pathOf(piece) })))
      // One that fails is told when its turn comes.
      packed.catch(() => undefined)
      underWay.push(packed)
    }
    const first = underWay.shift()
    if (first === undefined) return
    signal.throwIfAborted()
    const batch = await first
    for (const piece of batch.packed) yield { ...piece, bytes: batch.bytes(piece) }
    batch.giveBack()
  }

  function pathOf({ index }: ZipPiece): string {
    return join(folder, contents[index]?.name ?? '')
  }
}

async function next(pieces: Pieces): Promise<Piece> {
  const { value, done } = await pieces.next()
  if (done) throw new Error('There are fewer pieces than files.')
  return value
}
