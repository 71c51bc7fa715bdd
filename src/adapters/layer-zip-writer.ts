import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { crc32Combine } from '../layer/zip/crc32-combine.ts'
import { type ZipPiece, zipBatches } from '../layer/zip/zip-batches.ts'
import type { ZipContent } from '../layer/zip/zip-contents.ts'
import { directoryEnd, directoryEntry, localHeader, type ZipRecord } from '../layer/zip/zip-records.ts'
import type { LayerZipWriter, WrittenZip } from '../ports/layer-zip-writer.ts'
import { makeFolder } from './make-folder.ts'
import type { PackedPiece } from './zip-worker.ts'
import { type ZipWorkers, zipWorkers } from './zip-workers.ts'

const WRITE = 1024 * 1024

/**
 * Packs layers on all processors, in order and with little memory: at most a few batches wait to be written. The zip
 * appears under its name once it is whole.
 */
export function layerZipWriter({ signal }: { readonly signal: AbortSignal }): LayerZipWriter {
  return {
    async write(folder, contents, path) {
      await makeFolder(dirname(path))
      const partial = `${path}.${process.pid}.partial`
      const file = await open(partial, 'w')
      try {
        await using workers = zipWorkers()
        const written = await writeZip(folder, contents, { file, workers, signal })
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

type Writing = { readonly file: FileHandle; readonly workers: ZipWorkers; readonly signal: AbortSignal }

async function writeZip(
  folder: string,
  contents: readonly ZipContent[],
  { file, workers, signal }: Writing,
): Promise<Omit<WrittenZip, 'path'>> {
  const hash = createHash('sha256')
  const records: ZipRecord[] = []
  let offset = 0
  let queue: Uint8Array[] = []
  let queued = 0
  const flush = async () => {
    await file.appendFile(Buffer.concat(queue))
    queue = []
    queued = 0
  }
  const put = async (bytes: readonly Uint8Array[]) => {
    for (const one of bytes) {
      hash.update(one)
      queue.push(one)
      queued += one.length
      offset += one.length
    }
    // Thousands of small files: one call for many.
    if (queued >= WRITE) await flush()
  }
  const packed = inOrder(folder, contents, workers)
  for (const [index, { name, mode, link, size }] of contents.entries()) {
    signal.throwIfAborted()
    const pieces = name.endsWith('/') ? [] : link === undefined ? await packedFile(packed) : [linkPiece(index, link)]
    const record: ZipRecord = {
      name,
      mode,
      method: pieces.every(({ stored }) => stored) ? 'stored' : 'deflated',
      crc32: pieces
        .slice(1)
        .reduce((crc, piece) => crc32Combine(crc, piece.crc32, piece.length), pieces[0]?.crc32 ?? 0),
      compressed: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
      size,
      offset,
    }
    records.push(record)
    await put([localHeader(record), ...pieces.map(({ bytes }) => bytes)])
  }
  const start = offset
  await put(records.map(directoryEntry))
  await put([directoryEnd(records.length, start, offset - start)])
  await flush()
  return { bytes: offset, sha256: hash.digest('base64') }
}

/** Pieces in the order of the zip; a few batches are always under way. */
async function* inOrder(folder: string, contents: readonly ZipContent[], workers: ZipWorkers) {
  const batches = zipBatches(contents)
  const pack = (batch: readonly ZipPiece[]) =>
    workers.pack(batch.map((piece) => ({ ...piece, path: join(folder, contents[piece.index]?.name ?? '') })))
  const underWay = batches.slice(0, workers.ahead).map(pack)
  // One that fails is told when its turn comes.
  for (const one of underWay) one.catch(() => undefined)
  for (let at = workers.ahead; underWay.length > 0; at++) {
    const batch = await underWay.shift()
    const next = batches[at]
    if (next !== undefined) {
      const begun = pack(next)
      begun.catch(() => undefined)
      underWay.push(begun)
    }
    yield* batch ?? []
  }
}

async function packedFile(packed: AsyncGenerator<PackedPiece>): Promise<readonly PackedPiece[]> {
  const pieces: PackedPiece[] = []
  for (;;) {
    const { value, done } = await packed.next()
    if (done || value === undefined) return pieces
    pieces.push(value)
    if (value.last) return pieces
  }
}

function linkPiece(index: number, link: string): PackedPiece {
  const bytes = Buffer.from(link)
  return { index, last: true, stored: true, crc32: crc32(bytes), length: bytes.length, bytes }
}
