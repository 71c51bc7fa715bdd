import { posix } from 'node:path'
import type { Evidence, FileEntry } from '../../inspect/evidence.ts'
import { imageTree, isWithin } from '../facts/image-tree.ts'

/** A layer's files by the folder they lie in. */
export type LayerTree = {
  /** Names in a folder, sorted; none when there is no such folder. */
  names(folder: string): readonly string[]
  entry(path: string): FileEntry | undefined
  /** One, or a link to one, as package managers lay packages out. */
  isFolder(path: string): boolean
  /** Paths of everything below a folder, however deep. */
  below(folder: string): readonly string[]
}

export function layerTree(layer: Evidence): LayerTree {
  const { entries, childrenOf, folders, resolve } = imageTree(layer)
  return {
    names: (folder) =>
      childrenOf(folder)
        .map(({ path }) => posix.basename(path))
        .sort(),
    entry: (path) => entries.get(path),
    isFolder: (path) => resolve(path)?.type === 'directory' || childrenOf(path).length > 0,
    below: (folder) =>
      [...folders()]
        .filter((place) => isWithin(place, folder))
        .flatMap((place) => childrenOf(place).map(({ path }) => path)),
  }
}
