/** What a zip says about one entry. `name` relative, folders with a slash at the end. */
export type ZipRecord = {
  readonly name: string
  /** Unix mode with the file type: 0o100644, 0o100755, 0o040755, 0o120777. */
  readonly mode: number
  readonly method: 'stored' | 'deflated'
  readonly crc32: number
  /** Bytes in the zip and once unpacked; both below 4 GiB, since Lambda's limits are. */
  readonly compressed: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

// 1980-01-01 00:00:00, the earliest that the format knows: no time of the machine that packs gets in.
const TIME = 0
const DATE = 0x0021
const VERSION = 20
const VERSION_64 = 45
// "Version made by" names Unix: without it modes and links are lost when it is unpacked.
const UNIX = 3
const UTF8 = 0x0800
const METHOD = { stored: 0, deflated: 8 } as const
const MAX_COUNT = 0xffff
const MAX_OFFSET = 0xffffffff

/** Local file header (APPNOTE.TXT §4.3.7). */
export function localHeader(record: ZipRecord): Buffer {
  const name = Buffer.from(record.name)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  common(header, 4, record, name)
  return Buffer.concat([header, name])
}

/** Central directory header (§4.3.12). */
export function directoryEntry(record: ZipRecord): Buffer {
  const name = Buffer.from(record.name)
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE((UNIX << 8) | VERSION, 4)
  common(header, 6, record, name)
  // The lower half is MS-DOS's: 0x10 is a folder.
  header.writeUInt32LE(((record.mode << 16) | (record.name.endsWith('/') ? 0x10 : 0)) >>> 0, 38)
  header.writeUInt32LE(record.offset, 42)
  return Buffer.concat([header, name])
}

/** End of the central directory (§4.3.16), with the 64-bit form before it only where numbers do not fit. */
export function directoryEnd(count: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, MAX_COUNT), 8)
  end.writeUInt16LE(Math.min(count, MAX_COUNT), 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(Math.min(offset, MAX_OFFSET), 16)
  if (count < MAX_COUNT && offset < MAX_OFFSET) return end
  return Buffer.concat([directoryEnd64(count, offset, size), end])
}

function directoryEnd64(count: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(56 + 20)
  end.writeUInt32LE(0x06064b50, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeUInt16LE((UNIX << 8) | VERSION_64, 12)
  end.writeUInt16LE(VERSION_64, 14)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(size), 40)
  end.writeBigUInt64LE(BigInt(offset), 48)
  end.writeUInt32LE(0x07064b50, 56)
  end.writeBigUInt64LE(BigInt(offset + size), 64)
  end.writeUInt32LE(1, 72)
  return end
}

/** What local and central headers have in common, from "version needed" to the length of the name. */
function common(header: Buffer, at: number, { method, crc32, compressed, size }: ZipRecord, name: Buffer): void {
  header.writeUInt16LE(VERSION, at)
  header.writeUInt16LE(UTF8, at + 2)
  header.writeUInt16LE(METHOD[method], at + 4)
  header.writeUInt16LE(TIME, at + 6)
  header.writeUInt16LE(DATE, at + 8)
  header.writeUInt32LE(crc32, at + 10)
  header.writeUInt32LE(compressed, at + 14)
  header.writeUInt32LE(size, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}
