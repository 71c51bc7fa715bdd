import type { Entry } from 'yauzl'
import type { FileEntry } from '../inspect/evidence.ts'
import type { ZipEntry } from './unpacked-zip.ts'

// APPNOTE 4.4.2.2: the upper byte of "version made by"; only these keep Unix modes in the upper half of the attributes.
const UNIX = 3
const MACOS = 19
const TYPES: Readonly<Record<number, FileEntry['type']>> = { 0: 'file', 8: 'file', 4: 'directory', 10: 'symlink' }
const UNICODE_PATH = 0x7075
const ZIP64 = 0x0001

/** A zip's entry as yauzl gives it, with what we need of it. */
export function zipEntry(entry: Entry): ZipEntry {
  const { name, valid } = decoded(entry)
  const made = entry.versionMadeBy >> 8
  const unix = made === UNIX || made === MACOS ? entry.externalFileAttributes >>> 16 : 0
  const type = name.endsWith('/') ? 'directory' : (TYPES[unix >>> 12] ?? 'other')
  // Without a mode, unpackers take that of their umask.
  const mode = (unix & 0o7777) === 0 ? (type === 'directory' ? 0o755 : 0o644) : unix & 0o7777
  return {
    name,
    rawName: Buffer.from(entry.fileNameRaw),
    validName: valid,
    type,
    mode,
    encrypted: (entry.generalPurposeBitFlag & 1) !== 0,
    method: entry.compressionMethod,
    compressedSize: entry.compressedSize,
    uncompressedSize: entry.uncompressedSize,
    crc32: entry.crc32,
    offset: entry.relativeOffsetOfLocalHeader,
    zip64: entry.extraFields.some(({ id }) => id === ZIP64),
  }
}

/** UTF-8 whatever the flag says, as Linux writes names; else Info-ZIP's Unicode path. */
function decoded({ fileNameRaw, extraFields }: Entry): { readonly name: string; readonly valid: boolean } {
  const name = fileNameRaw.toString('utf8')
  if (Buffer.from(name).equals(fileNameRaw)) return { name, valid: true }
  const unicode = extraFields.find(({ id, data }) => id === UNICODE_PATH && data.length > 5)
  return unicode === undefined ? { name, valid: false } : { name: unicode.data.toString('utf8', 5), valid: true }
}
