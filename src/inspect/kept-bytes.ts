import { MOST_KEPT } from './elf-ranges.ts'
import { MOST_WANTED } from './fact-reader.ts'

/** Memory for whatever is kept of the file that is passing by, one file after the other. */
export type KeptBytes = {
  /** At least `size` bytes, in which may stand what was kept of an earlier file. */
  room(size: number): Buffer
  /** Gives the memory back at once, and with it whatever still looks into it: texts are parsed when all files have passed. */
  release(): void
}

/** Enough for nearly all files. */
const SMALL = 1024 * 1024
/** Enough for any. */
const MOST = Math.max(MOST_KEPT, MOST_WANTED)

/**
 * Takes all that it may need when the first large file comes, and not before: what is asked for at once counts at once, and
 * memory by the hundred megabytes makes the engine look through all its objects. Memory that nothing was written to takes no
 * room, so that it costs as much as the largest file so far; grown in steps the steps would stay with the process (50 MB).
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
        buffer = Buffer.allocUnsafeSlow(size > SMALL ? MOST : SMALL)
      }
      return buffer
    },
    release,
  }
}
