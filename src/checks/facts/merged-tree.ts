import type { Evidence } from '../../inspect/evidence.ts'
import { fileTree } from '../../inspect/file-tree.ts'
import { type ImageTree, imageTree } from './image-tree.ts'

/** The runtime's files with a layer's over them, as Lambda unpacks it into /opt. Without the runtime the layer's alone. */
export function mergedTree(layer: Evidence, runtime: Evidence | undefined): ImageTree {
  if (runtime === undefined) return imageTree(layer)
  const replaced = new Set(layer.files.map(({ path }) => path))
  const files = [...runtime.files.filter(({ path }) => !replaced.has(path)), ...layer.files]
  const elf = [...runtime.elf.filter(({ path }) => !replaced.has(path)), ...layer.elf]
  return { ...fileTree(files), elf: new Map(elf.map((file) => [file.path, file])) }
}
