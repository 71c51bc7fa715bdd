import { MOST_WANTED } from './fact-reader.ts'
import type { KeptBytes } from './kept-bytes.ts'

export type HeadCollector = {
  /** `wanted`: bytes from the beginning of the file. */
  begin(wanted: number): void
  bytes(chunk: Buffer): void
  /** What was kept; valid until the next `begin`. */
  end(): Buffer
}

/** Keeps the beginning of the file that is passing by: chunks of a stream may be reused by their owner. */
export function headCollector(memory: KeptBytes): HeadCollector {
  let buffer = memory.room(0)
  let wanted = 0
  let length = 0
  return {
    begin(bytes) {
      wanted = Math.min(bytes, MOST_WANTED)
      buffer = memory.room(wanted)
      length = 0
    },
    bytes(chunk) {
      if (length < wanted) length += chunk.copy(buffer, length, 0, wanted - length)
    },
    end: () => buffer.subarray(0, length),
  }
}
