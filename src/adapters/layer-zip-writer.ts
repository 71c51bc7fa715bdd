import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ZipPiece, zipBatches } from '../layer/zip/zip-batches.ts'
import type { ZipContent } from '../layer/zip/zip-contents.ts'
import type { LayerZipWriter } from '../ports/layer-zip-writer.ts'
import { makeFolder } from './make-folder.ts'
import { zipEntries } from './zip-entries.ts'
import { zipOutput } from './zip-output.ts'
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
        const output = zipOutput(file.fd)
        const entries = zipEntries(contents, output)
        for await (const batch of inOrder(folder, contents, { workers, signal })) entries.write(batch)
        entries.end()
        const written = output.end()
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

type Packing = { readonly workers: ZipWorkers; readonly signal: AbortSignal }

/** Batches in the order of the zip, each there until the next is asked for; a few are always under way. */
async function* inOrder(
  folder: string,
  contents: readonly ZipContent[],
  { workers, signal }: Packing,
): AsyncGenerator<PackedBatch> {
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
    signal.throwIfAborted()
    if (first === undefined) return
    const batch = await first
    signal.throwIfAborted()
    yield batch
    batch.giveBack()
  }

  function pathOf({ index }: ZipPiece): string {
    return join(folder, contents[index]?.name ?? '')
  }
}
