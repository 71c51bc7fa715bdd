import type { Evidence } from '../../inspect/evidence.ts'
import { followLinks } from '../../inspect/file-tree.ts'
import { type ImageTree, imageTree } from './image-tree.ts'

/** The runtime's files with a layer's over them, as Lambda unpacks it into /opt. Without the runtime the layer's alone. */
export function mergedTree(layer: Evidence, runtime: Evidence | undefined): ImageTree {
  const over = imageTree(layer)
  if (runtime === undefined) return over
  const { entries: below, elf: belowElf } = imageTree(runtime)
  // Copying the runtime's index is much faster than making it again.
  const entries = new Map(below)
  const elf = new Map(belowElf)
  for (const [path, entry] of over.entries) {
    // What a layer replaces comes after what is the runtime's own.
    if (entries.delete(path)) elf.delete(path)
    entries.set(path, entry)
  }
  for (const [path, file] of over.elf) elf.set(path, file)
  return { ...followLinks(entries), elf }
}
