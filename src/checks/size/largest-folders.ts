import type { Evidence } from '../../inspect/evidence.ts'
import type { FolderBytes } from '../../report/report.ts'
import { imageTree } from '../facts/image-tree.ts'
import { megabytes } from '../facts/wording.ts'

export type FolderSize = { readonly path: string; readonly size: number }

/** The largest folders, so many levels deep (`/var/task/node_modules`: three): what lies deeper counts for its folder there. */
export function largestFolders(evidence: Evidence, levels: number, count: number): readonly FolderSize[] {
  const { folders, childrenOf } = imageTree(evidence)
  const sizes = new Map<string, number>()
  for (const place of folders()) {
    const size = childrenOf(place).reduce((sum, child) => sum + child.size, 0)
    if (size === 0) continue
    const folder =
      place
        .split('/')
        .slice(0, levels + 1)
        .join('/') || '/'
    sizes.set(folder, (sizes.get(folder) ?? 0) + size)
  }
  return [...sizes]
    .map(([path, size]) => ({ path, size }))
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))
    .slice(0, count)
}

/** Folders of report.json: as deep as one package of `/var/task/node_modules`. */
export function folderBytes(evidence: Evidence): FolderBytes[] {
  return largestFolders(evidence, 4, 8).map(({ path, size }) => ({ path, bytes: size }))
}

export function folderLine({ path, size }: FolderSize): string {
  return `${path} (${megabytes(size)})`
}
