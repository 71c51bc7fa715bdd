import type { Evidence } from '../../inspect/evidence.ts'
import { followLinks } from '../../inspect/file-tree.ts'
import { mergedFolders } from '../../inspect/folder-index.ts'
import { OverlayMap } from '../../inspect/overlay-map.ts'
import { mergedSought } from '../../inspect/sought-files.ts'
import { type ImageTree, imageTree } from './image-tree.ts'

/** The runtime's files with a layer's over them, as Lambda unpacks it into /opt. Without the runtime the layer's alone. */
export function mergedTree(layer: Evidence, runtime: Evidence | undefined): ImageTree {
  const over = imageTree(layer)
  if (runtime === undefined) return over
  const below = imageTree(runtime)
  const isReplaced = (path: string): boolean => over.entries.has(path)
  const entries = new OverlayMap(over.entries, below.entries, isReplaced)
  const elf = new OverlayMap(over.elf, below.elf, isReplaced)
  const index = { ...mergedFolders(over, below), ...mergedSought(over, below, isReplaced) }
  return { ...followLinks(entries, index), elf }
}
