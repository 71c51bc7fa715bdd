import { constants, inflateRawSync } from 'node:zlib'
import type { JarEntry } from './jar-directory.ts'

// Deflate may spend some bytes on its tables before the first byte comes out.
const OVERHEAD = 1024
// No byte of it becomes more than 258 times four.
const MOST_OF_BYTE = 1032

/** The first `length` bytes of a jar's file, fewer when it is shorter or cannot be inflated. */
export function firstBytes(jar: Buffer, { start, size, deflated }: JarEntry, length: number): Buffer {
  const stored = jar.subarray(start, start + size)
  if (!deflated) return stored.subarray(0, length)
  try {
    // A part of the input and a flush in its middle: what comes out so far is enough.
    const part = stored.subarray(0, length + OVERHEAD)
    const maxOutputLength = part.length * MOST_OF_BYTE + OVERHEAD
    return inflateRawSync(part, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength }).subarray(0, length)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Why there are no bytes: the jar's reader fails too, or the directory lies about their number. */
export type NoBytes = 'broken' | 'longer'

/** All bytes of a jar's file, no more than the directory claims. */
export function allBytes(jar: Buffer, { start, size, deflated, length }: JarEntry): Buffer | NoBytes {
  const stored = jar.subarray(start, start + size)
  if (!deflated) return stored
  try {
    return inflateRawSync(stored, { maxOutputLength: Math.max(length, 1) })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'longer' : 'broken'
  }
}
