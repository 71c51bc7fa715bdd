/** Memory for whatever is kept of the file that is passing by, one file after the other. */
export type KeptBytes = {
  /** At least `size` bytes, in which may stand what was kept of an earlier file. */
  room(size: number): Buffer
  /** Gives the memory back at once, and with it whatever still looks into it: texts are parsed when all files have passed. */
  release(): void
}

const LEAST = 64 * 1024

/**
 * Grows with the files, since what is asked for at once counts at once: memory by the hundred megabytes makes the engine look
 * through all its objects, though nothing was written to it. Costs as much as the largest file so far, without copies.
 */
export function keptBytes(): KeptBytes {
  let buffer = Buffer.allocUnsafeSlow(0)
  const release = () => {
    if (buffer.buffer instanceof ArrayBuffer) buffer.buffer.transfer(0)
    buffer = Buffer.allocUnsafeSlow(0)
  }
  return {
    room(size) {
      if (size > buffer.length) {
        release()
        buffer = Buffer.allocUnsafeSlow(Math.max(LEAST, 2 ** Math.ceil(Math.log2(size))))
      }
      return buffer
    },
    release,
  }
}
