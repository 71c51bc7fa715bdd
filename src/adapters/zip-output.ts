import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

const BUFFER = 1024 * 1024

/** A file that is written from start to end through one buffer, whatever the sizes of what is put, and hashed on the way. */
export type ZipOutput = {
  /** Bytes put so far. */
  position(): number
  put(bytes: Uint8Array): Promise<void>
  /** Leaves room that `fill` fills once what follows it is known; one at a time. */
  reserve(length: number): Promise<void>
  fill(bytes: Uint8Array): Promise<void>
  /** Writes what is left. `sha256` in base64. */
  end(): Promise<{ readonly bytes: number; readonly sha256: string }>
}

/** A hash goes on from byte to byte: what follows reserved room is read back once that is filled. */
export function zipOutput(file: FileHandle): ZipOutput {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(BUFFER)
  let written = 0
  let waiting = 0
  let reserved: number | undefined

  const output: ZipOutput = {
    position: () => written + waiting,
    async put(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (waiting === BUFFER) await flush()
        const length = Math.min(bytes.length - at, BUFFER - waiting)
        buffer.set(bytes.subarray(at, at + length), waiting)
        waiting += length
        at += length
      }
    },
    async reserve(length) {
      await flush()
      reserved = written
      await output.put(Buffer.alloc(length))
    },
    async fill(bytes) {
      const start = reserved ?? written
      await flush()
      await writeAll(bytes, start)
      reserved = undefined
      for (let at = start; at < written; ) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(BUFFER, written - at), at)
        if (bytesRead === 0) throw new Error('The zip became shorter while it was written.')
        hash.update(buffer.subarray(0, bytesRead))
        at += bytesRead
      }
    },
    async end() {
      await flush()
      return { bytes: written, sha256: hash.digest('base64') }
    },
  }
  return output

  async function flush(): Promise<void> {
    const bytes = buffer.subarray(0, waiting)
    await writeAll(bytes, written)
    if (reserved === undefined) hash.update(bytes)
    written += waiting
    waiting = 0
  }

  async function writeAll(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; )
      at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten
  }
}
