export type HeadCollector = {
  /** `wanted`: bytes from the beginning of the file. */
  begin(wanted: number): void
  bytes(chunk: Buffer): void
  /** What was kept; valid until the next `begin`. */
  end(): Buffer
}

/** Keeps the beginning of the file that is passing by in `buffer`: chunks of a stream may be reused by their owner. */
export function headCollector(buffer: Buffer): HeadCollector {
  let wanted = 0
  let length = 0
  return {
    begin(bytes) {
      wanted = Math.min(bytes, buffer.length)
      length = 0
    },
    bytes(chunk) {
      if (length < wanted) length += chunk.copy(buffer, length, 0, wanted - length)
    },
    end: () => buffer.subarray(0, length),
  }
}
