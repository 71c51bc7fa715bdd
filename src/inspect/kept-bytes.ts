import { MOST_KEPT } from './elf-ranges.ts'
import { MOST_WANTED } from './fact-reader.ts'

/**
 * One buffer for whatever is kept of the file that is passing by. Memory that nothing was written to takes no room: this
 * costs as much as the largest file so far, without copies.
 */
export function keptBytes(): Buffer {
  return Buffer.allocUnsafeSlow(Math.max(MOST_KEPT, MOST_WANTED))
}

/** Gives the memory back at once, and with it whatever still looks into it: texts are parsed when all files have passed. */
export function releaseBytes({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}
