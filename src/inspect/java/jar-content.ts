import { constants, inflateRawSync } from 'node:zlib'
import type { JarEntry } from './jar-directory.ts'

// Deflate may spend some bytes on its tables before the first byte comes out.
const OVERHEAD = 1024

/** The first `length` bytes of a jar's file, fewer when it is shorter or cannot be inflated. */
export function firstBytes(jar: Buffer, { start, size, deflated }: JarEntry, length: number): Buffer {
  const stored = jar.subarray(start, start + size)
  if (!deflated) return stored.subarray(0, length)
  try {
    // A part of the input and a flush in its middle: what comes out so far is enough.
    const part = stored.subarray(0, length + OVERHEAD)
    return inflateRawSync(part, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * OVERHEAD }).subarray(
      0,
      length,
    )
  } catch {
    return Buffer.alloc(0)
  }
}

/** All bytes of a jar's file; `undefined` when they cannot be inflated, or are more than `most`. */
export function allBytes(jar: Buffer, { start, size, deflated, length }: JarEntry, most: number): Buffer | undefined {
  if (length > most) return undefined
  const stored = jar.subarray(start, start + size)
  if (!deflated) return stored
  try {
    return inflateRawSync(stored, { maxOutputLength: most })
  } catch {
    return undefined
  }
}
