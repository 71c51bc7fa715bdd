/** The parts of a file that were kept, in order and disjoint; a small file is one window over all of it. */
export type ByteWindows = {
  /** Bytes of the whole file. */
  readonly size: number
  readonly windows: readonly { readonly offset: number; readonly bytes: Buffer }[]
}

/** `beyond` the end of the file: its headers lie or it was cut off. `not-kept`: it is there, but was passed over. */
export type Missing = 'beyond' | 'not-kept'

export function wholeFile(bytes: Buffer): ByteWindows {
  return { size: bytes.length, windows: [{ offset: 0, bytes }] }
}

/** A view of `length` bytes at `offset`, without a copy. */
export function view(file: ByteWindows, offset: number, length: number): Buffer | Missing {
  if (!(offset >= 0 && length >= 0 && offset + length <= file.size)) return 'beyond'
  for (const { offset: start, bytes } of file.windows) {
    if (offset >= start && offset + length <= start + bytes.length)
      return bytes.subarray(offset - start, offset - start + length)
  }
  return 'not-kept'
}
