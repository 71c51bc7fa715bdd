import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { LoadResult } from './load-result.ts'

/**
 * The cut-off file that kills who loads this, whatever it catches. The loader looks at no more than the first bytes
 * before it maps a file: what is mapped beyond the file's end ends the process by SIGBUS at the first touch (mmap(2)).
 */
export function cutOffBy(
  { root, missing }: Pick<LoadResult, 'root' | 'missing'>,
  elf: (path: string) => ElfFile | undefined,
): ElfFile | undefined {
  if (root.truncated === true) return root
  const taken = missing.flatMap(({ near, searched, soname }) =>
    near.filter(
      ({ path, why }) =>
        why === 'unreadable' && posix.basename(path) === posix.basename(soname) && isFound(path, searched),
    ),
  )
  return taken.map(({ path }) => elf(path)).find((file) => file?.truncated === true)
}

function isFound(path: string, searched: readonly string[]): boolean {
  return searched.some((folder) => posix.normalize(folder) === posix.dirname(path))
}
