/** One entry of a tar that is written. `path` relative, without a slash in front or at the end. */
export type TarEntry = {
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink'
  readonly mode: number
  /** Bytes of content that follow; of files only. */
  readonly size: number
  readonly link?: string
  readonly owner?: { readonly uid: number; readonly gid: number }
}

export const TAR_BLOCK = 512
/** Two blocks of zeros. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK)

const FLAGS = { file: '0', directory: '5', symlink: '2' } as const
const NAME_BYTES = 100
// 1980-01-01: the earliest that a zip can say, should one be made of what is unpacked.
const TIME = 315_532_800
const MOST_OCTAL = 0o77777777777

/**
 * Header of an entry (POSIX.1-2017 pax, "ustar Interchange Format"), with a pax header before it for names and targets
 * that do not fit. Owned by root unless said otherwise; one fixed time, so that equal entries have equal bytes.
 */
export function tarHeader(entry: TarEntry): Buffer {
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path
  const link = entry.link ?? ''
  const records = [
    ...(fits(name) ? [] : [paxRecord('path', name)]),
    ...(fits(link) ? [] : [paxRecord('linkpath', link)]),
    ...(entry.size > MOST_OCTAL ? [paxRecord('size', String(entry.size))] : []),
  ]
  const own = block(name, FLAGS[entry.type], entry, link)
  if (records.length === 0) return own
  const extended = Buffer.from(records.join(''))
  const header = block('pax', 'x', { ...entry, mode: 0o644, size: extended.length }, '')
  return Buffer.concat([header, extended, tarPadding(extended.length), own])
}

/** What fills the last block of so many bytes of content. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK)
}

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= NAME_BYTES
}

function block(name: string, flag: string, { mode, size, owner }: TarEntry, link: string): Buffer {
  const header = Buffer.alloc(TAR_BLOCK)
  header.write(name, 0, NAME_BYTES)
  octal(header, mode, 100, 8)
  octal(header, owner?.uid ?? 0, 108, 8)
  octal(header, owner?.gid ?? 0, 116, 8)
  octal(header, Math.min(size, MOST_OCTAL), 124, 12)
  octal(header, TIME, 136, 12)
  header.write(flag, 156)
  header.write(link, 157, NAME_BYTES)
  header.write('ustar\x0000', 257, 'latin1')
  // The checksum is taken with spaces in its own place.
  header.fill(0x20, 148, 156)
  octal(
    header,
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return header
}

function octal(header: Buffer, value: number, at: number, length: number): void {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + String(bytes).length
  if (String(length).length !== String(bytes).length) length = bytes + String(length).length
  return `${length}${rest}`
}
