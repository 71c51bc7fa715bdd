import type { ElfFile } from '../../inspect/evidence.ts'
import type { ImageTree } from '../facts/image-tree.ts'

/** What differs between two libraries of one soname; `undefined`: they look the same (size and versions defined). */
export function difference(first: ElfFile, second: ElfFile, tree: ImageTree): string | undefined {
  const only = versionsOnlyOf(second, first)
  if (only.length > 0) return `only the second defines ${only.slice(-3).join(', ')}`
  if (versionsOnlyOf(first, second).length > 0) return 'the first defines more versions'
  const size = (file: ElfFile): number => tree.entries.get(file.path)?.size ?? 0
  return size(first) === size(second) ? undefined : `${size(first)} and ${size(second)} bytes`
}

function versionsOnlyOf(one: ElfFile, other: ElfFile): readonly string[] {
  const others = new Set(other.versionsDefined)
  return one.versionsDefined.filter((version) => !others.has(version))
}
