import type { ElfFile } from '../inspect/evidence.ts'
import type { FoundBy } from './load-result.ts'

/** An object in a process. Its names stand in the process: a name that is asked for again leads to it. */
export type Member = {
  readonly file: ElfFile
  /** Where it was found, links not followed. */
  readonly path: string
  /** Where its content is: the loader knows a file again by its inode. */
  readonly identity: string
  readonly how: FoundBy
  /** The object that first needed it; none for a program and for what was opened by path. */
  readonly loader?: Member
}

/** Paths from the root to `member`. */
export function chainTo(member: Member): readonly string[] {
  return member.loader === undefined ? [member.file.path] : [...chainTo(member.loader), member.file.path]
}
