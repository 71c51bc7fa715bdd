import type { FileEntry } from './evidence.ts'

/** Which files lie right in which folder. */
export type FolderIndex = {
  /** Entries right in the folder; none when nothing is known to be there. A link to a folder is not followed. */
  childrenOf(folder: string): readonly FileEntry[]
  /** Every folder that something lies in. */
  folders(): Iterable<string>
}

const NONE: readonly FileEntry[] = []

/** An index of files that come one by one, as an archive lists them. */
export type GrowingFolders = {
  readonly index: FolderIndex
  add(entry: FileEntry): void
  /** `entry` in the place of one of the same path. */
  replace(earlier: FileEntry, entry: FileEntry): void
}

export function growingFolders(): GrowingFolders {
  const folders = new Map<string, FileEntry[]>()
  // Archives list a folder's files together, so that most files lie where the one before did.
  let folder = ''
  let children: FileEntry[] | undefined
  return {
    index: { childrenOf: (path) => folders.get(path) ?? NONE, folders: () => folders.keys() },
    add(entry) {
      const { path } = entry
      if (path === '/') return
      const end = path.lastIndexOf('/')
      if (children === undefined || end !== folder.length || !path.startsWith(folder)) {
        folder = path.slice(0, end)
        children = folders.get(folder || '/')
        if (children === undefined) {
          children = []
          folders.set(folder || '/', children)
        }
      }
      children.push(entry)
    },
    replace(earlier, entry) {
      const same = folders.get(entry.path.slice(0, entry.path.lastIndexOf('/')) || '/')
      const at = same?.indexOf(earlier) ?? -1
      if (same !== undefined && at !== -1) same[at] = entry
    },
  }
}

/** Made when it is first asked for. */
export function folderIndex(entries: ReadonlyMap<string, FileEntry>): FolderIndex {
  let known: FolderIndex | undefined
  const index = () => {
    known ??= byFolder(entries.values())
    return known
  }
  return {
    childrenOf: (folder) => index().childrenOf(folder),
    folders: () => index().folders(),
  }
}

/** The files of `below` with those of `over` in their place or beside them. */
export function mergedFolders(over: FolderIndex, below: FolderIndex): FolderIndex {
  return {
    childrenOf(folder) {
      const own = over.childrenOf(folder)
      const kept = below.childrenOf(folder)
      if (own.length === 0 || kept.length === 0) return own.length === 0 ? kept : own
      const replaced = new Set(own.map(({ path }) => path))
      return [...kept.filter(({ path }) => !replaced.has(path)), ...own]
    },
    folders: () => new Set([...below.folders(), ...over.folders()]),
  }
}

function byFolder(entries: Iterable<FileEntry>): FolderIndex {
  const folders = growingFolders()
  for (const entry of entries) folders.add(entry)
  return folders.index
}
