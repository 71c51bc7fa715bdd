import { crc32, deflateRawSync } from 'node:zlib'

/** One entry, and what it claims instead of the truth. */
export type ZipContent = {
  /** A Buffer for names that are not UTF-8. */
  readonly name: string | Buffer
  readonly content?: string | Buffer
  /** Unix mode with its type bits (0o120777: link); absent: made on a system without modes. */
  readonly mode?: number
  readonly method?: number
  readonly flags?: number
  /** What the headers state instead. */
  readonly claims?: {
    readonly size?: number
    readonly crc32?: number
    readonly offset?: number
    readonly localName?: string
  }
}

/** A zip of these entries in this order (APPNOTE.TXT §4.3), right or wrong. */
export function buildZip(entries: readonly ZipContent[], options: { readonly count?: number } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content = '', mode, method = 8, flags = 0x800, claims = {} } of entries) {
    const bytes = Buffer.from(content)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const local = record(0x04034b50, [
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
      [4, claims.crc32 ?? crc32(bytes)],
      [4, packed.length],
      [4, claims.size ?? bytes.length],
      [2, Buffer.byteLength(claims.localName ?? name)],
      [2, 0],
    ])
    const listed = record(0x02014b50, [
      [1, 20],
      [1, mode === undefined ? 0 : 3],
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
      [4, claims.crc32 ?? crc32(bytes)],
      [4, packed.length],
      [4, claims.size ?? bytes.length],
      [2, Buffer.byteLength(name)],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, ((mode ?? 0) << 16) >>> 0],
      [4, claims.offset ?? offset],
    ])
    directory.push(listed, Buffer.from(name))
    locals.push(local, Buffer.from(claims.localName ?? name), packed)
    offset += local.length + Buffer.byteLength(claims.localName ?? name) + packed.length
  }
  const list = Buffer.concat(directory)
  const count = options.count ?? entries.length
  const end = record(0x06054b50, [
    [4, 0],
    [2, count],
    [2, count],
    [4, list.length],
    [4, offset],
    [2, 0],
  ])
  return Buffer.concat([...locals, list, end])
}

function record(signature: number, fields: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    [[4, signature] as const, ...fields].map(([bytes, value]) => {
      const field = Buffer.alloc(bytes)
      field.writeUIntLE(value, 0, bytes)
      return field
    }),
  )
}
