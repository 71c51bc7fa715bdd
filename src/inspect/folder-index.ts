import type { FileEntry } from './evidence.ts'

/** Which files lie right in which folder. */
export type FolderIndex = {
  /** Entries right in the folder; none when nothing is known to be there. A link to a folder is not followed. */
  childrenOf(folder: string): readonly FileEntry[]
  /** Every folder that something lies in. */
  folders(): Iterable<string>
}

const NONE: readonly FileEntry[] = []

/** Made when it is first asked for: rules that look at one folder need not look at the 80,000 files of an image. */
export function folderIndex(entries: ReadonlyMap<string, FileEntry>): FolderIndex {
  let known: ReadonlyMap<string, readonly FileEntry[]> | undefined
  const index = () => {
    known ??= byFolder(entries.values())
    return known
  }
  return {
    childrenOf: (folder) => index().get(folder) ?? NONE,
    folders: () => index().keys(),
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

function byFolder(entries: Iterable<FileEntry>): ReadonlyMap<string, readonly FileEntry[]> {
  const folders = new Map<string, FileEntry[]>()
  // Archives list a folder's files together, so that most files lie where the one before did.
  let folder = ''
  let children: FileEntry[] | undefined
  for (const entry of entries) {
    const { path } = entry
    if (path === '/') continue
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
  }
  return folders
}
