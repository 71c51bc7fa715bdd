import { posix } from 'node:path'
import type { ElfFile, Evidence } from '../../inspect/evidence.ts'
import type { MissingLibrary } from '../../loader/load-result.ts'
import { groupBy } from '../facts/examples.ts'
import { imageTree } from '../facts/image-tree.ts'

/**
 * The file that would answer for a missing soname if its link were there: `libfoo.so.1.2.3`, whose own soname is
 * `libfoo.so.1`, in a folder that is searched. Archives and copies that do not keep symbolic links lose them.
 */
export function lostLink({ soname, searched }: MissingLibrary, evidence: Evidence): ElfFile | undefined {
  const others =
    filesOf(evidence)
      .get(soname)
      ?.filter(({ path }) => posix.basename(path) !== soname) ?? []
  if (others.length === 0) return undefined
  const tree = imageTree(evidence)
  const folders = new Set(searched.map((folder) => tree.resolve(folder)?.path ?? posix.normalize(folder)))
  return others.find(({ path }) => folders.has(posix.dirname(path)))
}

const known = new WeakMap<Evidence, ReadonlyMap<string, readonly ElfFile[]>>()

/** By soname: what hundreds of loads lack is mostly nobody's. */
function filesOf(evidence: Evidence): ReadonlyMap<string, readonly ElfFile[]> {
  const files =
    known.get(evidence) ??
    groupBy(
      evidence.elf.filter((file) => file.soname !== undefined),
      ({ soname = '' }) => soname,
    )
  known.set(evidence, files)
  return files
}
