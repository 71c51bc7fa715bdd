/** One line of `ldconfig -p` for 64-bit libraries of this machine's kind: the name that is asked for, the file that answers. */
export type CachedLibrary = readonly [name: string, path: string]

/** glibc sysdeps/generic/dl-cache.h. */
const MAGIC = 'glibc-ld.so.cache1.1'
const OLD_MAGIC = 'ld.so-1.7.0'
const OLD_HEADER = 16
const OLD_ENTRY = 12
const HEADER = 48
const ENTRY = 24
/** FLAG_ELF_LIBC6 with FLAG_X8664_LIB64, FLAG_AARCH64_LIB64. */
const FLAGS = new Set([0x0303, 0x0a03])

// The largest caches of desktop systems have 5,000.
const MAX_ENTRIES = 20_000
const MAX_NAME = 4096

/**
 * The libraries of /etc/ld.so.cache in its order, the first of a name being the one that is taken; `undefined` for what is
 * no such file. Systems up to glibc 2.31 write the older table before this one.
 */
export function readLibraryCache(file: Buffer): readonly CachedLibrary[] | undefined {
  const bytes = file.subarray(startOfTable(file))
  if (bytes.length < HEADER || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined
  const count = Math.min(bytes.readUInt32LE(20), MAX_ENTRIES, Math.floor((bytes.length - HEADER) / ENTRY))
  const libraries: CachedLibrary[] = []
  for (let index = 0; index < count; index++) {
    const at = HEADER + index * ENTRY
    if (!FLAGS.has(bytes.readUInt32LE(at))) continue
    const name = text(bytes, bytes.readUInt32LE(at + 4))
    const path = text(bytes, bytes.readUInt32LE(at + 8))
    if (name !== undefined && path?.startsWith('/')) libraries.push([name, path])
  }
  return libraries
}

function startOfTable(file: Buffer): number {
  if (file.length < OLD_HEADER || file.toString('latin1', 0, OLD_MAGIC.length) !== OLD_MAGIC) return 0
  const end = OLD_HEADER + file.readUInt32LE(12) * OLD_ENTRY
  return Math.ceil(end / 8) * 8
}

function text(bytes: Buffer, at: number): string | undefined {
  const length = bytes.subarray(at, at + MAX_NAME).indexOf(0)
  return length === -1 ? undefined : bytes.toString('utf8', at, at + length)
}
