/** Why a stream cannot be read as tar; `offset` is the byte where reading stopped. */
export class TarError extends Error {
  override readonly name = 'TarError'
  readonly offset: number

  constructor(reason: string, offset: number) {
    super(`${reason} (byte ${offset} of the tar stream)`)
    this.offset = offset
  }
}

/** One entry as tar tells it: POSIX.1-2017 pax, "ustar Interchange Format", and GNU's variations of it. */
export type TarHeader = {
  readonly name: string
  /** Type flag as one character; NUL of the old format is given as `0`. */
  readonly type: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes of content that follow. */
  readonly size: number
  /** Seconds since the epoch. */
  readonly mtime: number
  readonly linkName: string
}

export const BLOCK = 512

/** Reads one 512-byte header block; throws TarError for anything that is none. `offset` is for messages. */
export function readHeader(block: Buffer, offset: number): TarHeader {
  if (checksum(block) !== number(block, 148, 8)) throw new TarError('not a tar header', offset)
  const size = number(block, 124, 12)
  if (!Number.isSafeInteger(size) || size < 0) throw new TarError('a tar header with an impossible size', offset)
  const flag = block[156] ?? 0
  // GNU's own magic (`ustar  `) has times where ustar has the prefix.
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: flag === 0 ? '0' : String.fromCharCode(flag),
    mode: number(block, 100, 8),
    uid: number(block, 108, 8),
    gid: number(block, 116, 8),
    size,
    mtime: number(block, 136, 12),
    linkName: text(block, 157, 100),
  }
}

/** True for a block of zeros, of which two end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  return block[0] === 0 && block.equals(ZEROS)
}

const ZEROS = Buffer.alloc(BLOCK)
const SPACE = 0x20

function text(block: Buffer, start: number, length: number): string {
  const nul = block.indexOf(0, start)
  return block.toString('utf8', start, nul === -1 || nul > start + length ? start + length : nul)
}

/** Octal digits between spaces and NULs, or GNU's base-256 when the first bit is set (two's complement). */
function number(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0
  if (first & 0x80) return base256(block.subarray(start, start + length))
  let value = 0
  for (let index = start; index < start + length; index++) {
    const byte = block[index] ?? 0
    if (byte >= 0x30 && byte <= 0x37) value = value * 8 + (byte - 0x30)
    else if (byte === 0 || (byte === SPACE && value > 0)) break
  }
  return value
}

function base256(field: Buffer): number {
  const negative = ((field[0] ?? 0) & 0x40) !== 0
  let value = negative ? -1 : 0
  for (const [index, byte] of field.entries()) {
    const bits = index > 0 ? byte : negative ? byte | 0x80 : byte & 0x7f
    value = value * 256 + bits
  }
  return value
}

/** Sum of all bytes with the checksum field taken as spaces. */
function checksum(block: Buffer): number {
  let sum = 8 * SPACE
  for (let index = 0; index < 148; index++) sum += block[index] ?? 0
  for (let index = 156; index < BLOCK; index++) sum += block[index] ?? 0
  return sum
}
