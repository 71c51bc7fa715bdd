import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import { megabytes } from '../facts/wording.ts'

export type FolderSize = { readonly path: string; readonly size: number }

/** The largest folders, so many levels deep (`/var/task/node_modules`: three): what lies deeper counts for its folder there. */
export function largestFolders({ files }: Evidence, levels: number, count: number): readonly FolderSize[] {
  const sizes = new Map<string, number>()
  for (const { path, size } of files) {
    if (size === 0) continue
    const folder =
      posix
        .dirname(path)
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

export function folderLine({ path, size }: FolderSize): string {
  return `${path} (${megabytes(size)})`
}
