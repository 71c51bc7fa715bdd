import { posix } from 'node:path'
import type { ElfFile, Evidence } from '../../inspect/evidence.ts'
import type { MissingLibrary } from '../../loader/load-result.ts'
import { imageTree } from '../facts/image-tree.ts'

/**
 * The file that would answer for a missing soname if its link were there: `libfoo.so.1.2.3`, whose own soname is
 * `libfoo.so.1`, in a folder that is searched. Archives and copies that do not keep symbolic links lose them.
 */
export function lostLink({ soname, searched, near }: MissingLibrary, evidence: Evidence): ElfFile | undefined {
  const tree = imageTree(evidence)
  const folders = new Set(searched.map((folder) => tree.resolve(folder)?.path ?? posix.normalize(folder)))
  return near
    .flatMap(({ path }) => tree.elf.get(path) ?? [])
    .find(
      (file) => file.soname === soname && posix.basename(file.path) !== soname && folders.has(posix.dirname(file.path)),
    )
}
