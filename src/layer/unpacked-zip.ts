import type { FileEntry } from '../inspect/evidence.ts'
import type { ZipOddity } from '../ports/layer-files.ts'

/** One entry of a zip's central directory. */
export type ZipEntry = {
  readonly name: string
  readonly rawName: Buffer
  /** The name is UTF-8, or comes with one that is. */
  readonly validName: boolean
  readonly type: FileEntry['type']
  readonly mode: number
  readonly encrypted: boolean
  readonly method: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly crc32: number
  /** Of its local header. */
  readonly offset: number
  readonly zip64: boolean
}

/** `path`: below the layer's root. `entry`: absent for folders that only the names of others imply. */
export type UnpackedFile = {
  readonly path: string
  readonly type: FileEntry['type']
  readonly mode: number
  readonly entry?: ZipEntry
}

/**
 * What unpacking the entries one after the other would leave below the root, in the order of paths, and what is odd about
 * their names and places. What would land elsewhere is left out. Pure: contents are not looked at.
 */
export function unpackedZip(entries: readonly ZipEntry[]): {
  readonly files: readonly UnpackedFile[]
  readonly oddities: readonly ZipOddity[]
} {
  const oddities: ZipOddity[] = []
  const files = new Map<string, UnpackedFile>([['', { path: '', type: 'directory', mode: 0o755 }]])
  for (const entry of entries) {
    const { kinds, path } = place(entry)
    for (const kind of kinds) oddities.push({ kind, name: entry.name })
    if (path === undefined) continue
    const earlier = files.get(path)
    if (earlier?.entry !== undefined && !(earlier.type === 'directory' && entry.type === 'directory')) {
      oddities.push({ kind: 'duplicate', name: entry.name, detail: earlier.entry.name })
    }
    files.set(path, { path, type: entry.type, mode: entry.mode, entry })
  }
  for (const path of [...files.keys()]) addParents(path, files)
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    oddities: [...oddities, ...blockedPaths(files), ...caseCollisions(files)],
  }
}

function place({ name, validName, type }: ZipEntry): { readonly kinds: ZipOddity['kind'][]; readonly path?: string } {
  const kinds: ZipOddity['kind'][] = []
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (name.startsWith('/') || /^[a-z]:[\\/]/i.test(name)) kinds.push('absolute')
  else if (name.includes('\\')) kinds.push('backslash')
  if (parts.includes('..') || /(?:^|\\)\.\.(?:\\|$)/.test(name)) kinds.push('parent')
  if (name.includes('\0') || parts.length === 0) kinds.push('empty')
  if (!validName) kinds.push('not-utf8')
  if (type === 'other') kinds.push('special')
  // A folder named `./` is the root itself, which zip writes for `zip -r x.zip .`.
  if (parts.length === 0 && type === 'directory' && /^(?:\.\/)+$/.test(name)) return { kinds: [] }
  const elsewhere = kinds.some((kind) => kind === 'absolute' || kind === 'parent' || kind === 'empty')
  return elsewhere ? { kinds } : { kinds, path: parts.join('/') }
}

function addParents(path: string, files: Map<string, UnpackedFile>): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end)
    if (files.has(folder)) return
    files.set(folder, { path: folder, type: 'directory', mode: 0o755 })
  }
}

/** Entries below a file or a link: unpacking fails, or follows the link to wherever it leads. */
function blockedPaths(files: ReadonlyMap<string, UnpackedFile>): ZipOddity[] {
  const blocked: ZipOddity[] = []
  for (const { path, entry } of files.values()) {
    const parent = files.get(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    if (path !== '' && entry !== undefined && parent !== undefined && parent.type !== 'directory')
      blocked.push({ kind: 'file-as-folder', name: entry.name, detail: `${parent.path} is a ${parent.type}` })
  }
  return blocked
}

/** Names that are one on file systems of macOS and Windows. */
function caseCollisions(files: ReadonlyMap<string, UnpackedFile>): ZipOddity[] {
  const first = new Map<string, string>()
  const collisions: ZipOddity[] = []
  for (const { path } of files.values()) {
    const folded = path.toLowerCase()
    const other = first.get(folded)
    if (other === undefined) first.set(folded, path)
    else collisions.push({ kind: 'case-collision', name: path, detail: other })
  }
  return collisions
}
