import { createHash } from 'node:crypto'
import { readSync, writeSync } from 'node:fs'

const BUFFER = 1024 * 1024

/**
 * A file that is written from start to end through one buffer, whatever the sizes of what is put, and hashed on the way.
 * Synchronous: a promise for each of 40,000 headers costs more than the writes, which come once for a megabyte.
 */
export type ZipOutput = {
  /** Bytes put so far. */
  position(): number
  put(bytes: Uint8Array): void
  /** Leaves room that `fill` fills once what follows it is known; one at a time. */
  reserve(length: number): void
  fill(bytes: Uint8Array): void
  /** Writes what is left. `sha256` in base64. */
  end(): { readonly bytes: number; readonly sha256: string }
}

/** A hash goes on from byte to byte: what follows reserved room is read back once that is filled. */
export function zipOutput(file: number): ZipOutput {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(BUFFER)
  let written = 0
  let waiting = 0
  let reserved: number | undefined

  const output: ZipOutput = {
    position: () => written + waiting,
    put(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (waiting === BUFFER) flush()
        const length = Math.min(bytes.length - at, BUFFER - waiting)
        buffer.set(bytes.subarray(at, at + length), waiting)
        waiting += length
        at += length
      }
    },
    reserve(length) {
      flush()
      reserved = written
      output.put(Buffer.alloc(length))
    },
    fill(bytes) {
      const start = reserved ?? written
      flush()
      writeAll(bytes, start)
      reserved = undefined
      for (let at = start; at < written; ) {
        const read = readSync(file, buffer, 0, Math.min(BUFFER, written - at), at)
        if (read === 0) throw new Error('The zip became shorter while it was written.')
        hash.update(buffer.subarray(0, read))
        at += read
      }
    },
    end() {
      flush()
      return { bytes: written, sha256: hash.digest('base64') }
    },
  }
  return output

  function flush(): void {
    const bytes = buffer.subarray(0, waiting)
    writeAll(bytes, written)
    if (reserved === undefined) hash.update(bytes)
    written += waiting
    waiting = 0
  }

  function writeAll(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at)
  }
}
