import { posix } from 'node:path'
import type { Evidence, FileEntry } from '../../inspect/evidence.ts'
import { groupBy } from '../facts/examples.ts'

/** A layer's files by the folder they lie in. */
export type LayerTree = {
  /** Names in a folder, sorted; none when there is no such folder. */
  names(folder: string): readonly string[]
  entry(path: string): FileEntry | undefined
  isFolder(path: string): boolean
  /** Paths of everything below a folder, however deep. */
  below(folder: string): readonly string[]
}

const trees = new WeakMap<Evidence, LayerTree>()

export function layerTree(layer: Evidence): LayerTree {
  const known = trees.get(layer) ?? index(layer.files)
  trees.set(layer, known)
  return known
}

function index(files: readonly FileEntry[]): LayerTree {
  const entries = new Map(files.map((entry) => [entry.path, entry]))
  const folders = groupBy(files, ({ path }) => posix.dirname(path))
  return {
    names: (folder) => (folders.get(folder) ?? []).map(({ path }) => posix.basename(path)).sort(),
    entry: (path) => entries.get(path),
    isFolder: (path) => entries.get(path)?.type === 'directory' || folders.has(path),
    below: (folder) => files.flatMap(({ path }) => (path.startsWith(`${folder}/`) ? [path] : [])),
  }
}
