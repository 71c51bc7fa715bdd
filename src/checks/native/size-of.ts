import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'

/** Bytes of the files in the artifact. */
export function sizeOf(files: readonly ElfFile[], { artifact }: Subject): number {
  const { entries } = imageTree(artifact)
  return files.reduce((sum, { path }) => sum + (entries.get(path)?.size ?? 0), 0)
}
