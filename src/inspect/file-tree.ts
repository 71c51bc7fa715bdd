import type { FileEntry } from './evidence.ts'
import { type FolderIndex, folderIndex, growingFolders } from './folder-index.ts'
import { growingSought, type SoughtFiles, soughtFiles } from './sought-files.ts'

/** Files by the folder they lie in, and by what rules look for. */
export type FileIndex = FolderIndex & SoughtFiles

/** The files of an image by path, with links followed as Linux follows them inside of the image. */
export type FileTree = FileIndex & {
  readonly entries: ReadonlyMap<string, FileEntry>
  /** Where `path` leads once every link in it is followed, whether something is known to be there or not. */
  follow(path: string): string | undefined
  /** What `path` leads to once every link in it is followed; `undefined` when it leads nowhere or in circles. */
  resolve(path: string): FileEntry | undefined
}

// As Linux (MAXSYMLINKS).
const MAX_LINKS = 40

const known = new WeakMap<readonly FileEntry[], FileTree>()

/** Indexed once for a list that does not change: who reads an image and who checks it ask for the same. */
export function fileTree(files: readonly FileEntry[]): FileTree {
  const earlier = known.get(files)
  if (earlier !== undefined) return earlier
  const entries = new Map<string, FileEntry>()
  for (const entry of files) entries.set(entry.path, entry)
  const tree = followLinks(entries, { ...folderIndex(entries), ...soughtFiles(files) })
  known.set(files, tree)
  return tree
}

/** For a list that did not come one by one: makes what `fileTree` would make when somebody asks. */
export function indexFiles(files: readonly FileEntry[]): void {
  const { childrenOf, sought } = fileTree(files)
  childrenOf('/')
  sought('links')
}

/** Files as they come; `end` gives their list, whose tree is there by then: it grew while more of the stream was waited for. */
export function growingTree(): { add(entry: FileEntry): void; end(): readonly FileEntry[] } {
  const files: FileEntry[] = []
  const entries = new Map<string, FileEntry>()
  const folders = growingFolders()
  const { add, sought } = growingSought()
  return {
    add(entry) {
      files.push(entry)
      add(entry)
      const earlier = entries.get(entry.path)
      entries.set(entry.path, entry)
      if (earlier === undefined) folders.add(entry)
      else folders.replace(earlier, entry)
    },
    end() {
      known.set(files, followLinks(entries, { ...folders.index, sought }))
      return files
    },
  }
}

/** A tree of entries that are indexed already. */
export function followLinks(entries: ReadonlyMap<string, FileEntry>, index: FileIndex): FileTree {
  const folders = new Map<string, string>()
  return {
    ...index,
    entries,
    follow,
    resolve(path) {
      const place = follow(path)
      return place === undefined ? undefined : entries.get(place)
    },
  }

  /** Most paths end in what is no link, in a folder that others were looked for in before. */
  function follow(path: string): string | undefined {
    const cut = path.lastIndexOf('/')
    const name = path.slice(cut + 1)
    if (cut <= 0 || name === '' || name === '.' || name === '..') return walk(path)
    const folder = path.slice(0, cut)
    const place = folders.get(folder) ?? follow(folder)
    if (place === undefined) return undefined
    folders.set(folder, place)
    const next = place === folder ? path : `${place === '/' ? '' : place}/${name}`
    return entries.get(next)?.type === 'symlink' ? walk(path) : next
  }

  function walk(path: string): string | undefined {
    let names = path.split('/')
    let at = ''
    let links = 0
    for (let index = 0; index < names.length; index++) {
      const name = names[index] ?? ''
      if (name === '' || name === '.') continue
      if (name === '..') {
        at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))
        continue
      }
      const next = `${at}/${name}`
      const entry = entries.get(next)
      if (entry?.type === 'symlink' && entry.link !== undefined) {
        if (++links > MAX_LINKS) return undefined
        names = [...entry.link.split('/'), ...names.slice(index + 1)]
        index = -1
        if (entry.link.startsWith('/')) at = ''
      } else {
        at = next
      }
    }
    return at === '' ? '/' : at
  }
}
