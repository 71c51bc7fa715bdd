import { type ByteWindows, view } from './byte-windows.ts'

/** Ends the reading of one ELF file; never leaves elf.ts. */
export class Unreadable extends Error {
  readonly partial: boolean

  constructor(what: string, partial: boolean) {
    super(what)
    this.partial = partial
  }
}

// The largest string and version tables in use are below 1 MB. Entries of a hostile file may overlap, so that a small
// file describes gigabytes: only counting what is read ends that.
const MAX_INTERPRETED = 16 * 1024 * 1024

/** Numbers of one ELF file in its own class and byte order. Offsets are relative to the bytes given. */
export type ElfCursor = {
  readonly is64: boolean
  /** Bytes of the file, or Unreadable naming `what` was looked for. */
  slice(offset: number, length: number, what: string): Buffer
  /** Counts bytes that are about to be interpreted one by one; Unreadable when it is more than any real file has. */
  spend(bytes: number): void
  u16(bytes: Buffer, at: number): number
  u32(bytes: Buffer, at: number): number
  /** Elf32_Addr or Elf64_Addr, Off, Xword: above 2^53 it is no longer exact, and beyond the end of any file. */
  word(bytes: Buffer, at: number): number
}

export function elfCursor(file: ByteWindows, is64: boolean, littleEndian: boolean): ElfCursor {
  const u16 = (bytes: Buffer, at: number) => (littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const u32 = (bytes: Buffer, at: number) => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const u64 = (bytes: Buffer, at: number) => {
    const [low, high] = littleEndian ? [at, at + 4] : [at + 4, at]
    return u32(bytes, high) * 2 ** 32 + u32(bytes, low)
  }
  let interpreted = 0
  return {
    is64,
    spend(bytes) {
      interpreted += bytes
      if (interpreted > MAX_INTERPRETED)
        throw new Unreadable('the dynamic section names more than a real file does', false)
    },
    slice(offset, length, what) {
      const bytes = view(file, offset, length)
      if (bytes === 'beyond')
        throw new Unreadable(`${what} ends at byte ${offset + length}, the file has ${file.size}`, false)
      if (bytes === 'not-kept')
        throw new Unreadable(`${what} lies at byte ${offset} of a file too large to be kept whole`, true)
      return bytes
    },
    u16,
    u32,
    word: is64 ? u64 : u32,
  }
}
