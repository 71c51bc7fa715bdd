import type { FileEntry } from './evidence.ts'

/** A fact about one file, or about a group of files that one of them stands for. Plain JSON. */
export type FileFact = { readonly path: string }

/**
 * Takes facts of one kind from files while they pass by. `Draft` is what one file says, `Fact` what stands in the evidence.
 * Never throws: what cannot be read is a fact too, or none.
 */
export type FactReader<Draft, Fact extends FileFact> = {
  /** It wants ELF files too; the others are not asked about them. */
  readonly ofElf?: true
  /** A reader that counts what it holds: one for each pass. */
  begin?(): FactReader<Draft, Fact>
  /**
   * How many bytes from its beginning it wants of a file; 0: none. `magic`: the first four bytes, fewer when the file is
   * shorter. More than MOST_WANTED is never given.
   */
  wants(entry: FileEntry, magic: Buffer): number
  /** `bytes`: what was wanted, less when the file is shorter or larger than allowed; valid only during the call. */
  read(entry: FileEntry, bytes: Buffer): Draft | undefined
  /** All drafts by path; a hard link has the draft of the file that it is another name of. */
  finish(drafts: ReadonlyMap<string, Draft>): readonly Fact[]
}

/** The most that is kept of one file: whole jars and databases, of what is larger the beginning. */
export const MOST_WANTED = 128 * 1024 * 1024

/** Puts facts into the evidence in the order of their paths: two readings of one image say the same. */
export function sorted<Fact extends FileFact>(facts: Iterable<Fact>): readonly Fact[] {
  return [...facts].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
