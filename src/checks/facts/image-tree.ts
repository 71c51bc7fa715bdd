import type { ElfFile, Evidence, FileEntry } from '../../inspect/evidence.ts'
import { type FileTree, fileTree } from '../../inspect/file-tree.ts'

/** An image's files and native files by path. */
export type ImageTree = FileTree & { readonly elf: ReadonlyMap<string, ElfFile> }

// Ten rules ask the same evidence: indexed once.
const trees = new WeakMap<Evidence, ImageTree>()

export function imageTree(evidence: Evidence): ImageTree {
  const known = trees.get(evidence)
  if (known !== undefined) return known
  const elf = new Map<string, ElfFile>()
  for (const file of evidence.elf) elf.set(file.path, file)
  const tree = { ...fileTree(evidence.files), elf }
  trees.set(evidence, tree)
  return tree
}

/** True for what has content: hard links are files by another name. */
export function isFile(entry: FileEntry | undefined): entry is FileEntry {
  return entry?.type === 'file' || entry?.type === 'hardlink'
}

/** `folder` itself or anything below it. Asked for every file of an image: no text is put together. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '/' || (path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/'))
}
