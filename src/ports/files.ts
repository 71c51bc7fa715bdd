/** The few file operations that stages need. Paths are absolute or relative to the working directory. */
export interface Files {
  /** The text, or `undefined` when there is no such file. */
  readText(path: string): Promise<string | undefined>
  /** The first bytes, at most so many, or `undefined` when there is no such file. */
  readStart(path: string, bytes: number): Promise<Uint8Array | undefined>
  /** Whole or not at all: written beside and renamed. Parent folders are made. */
  writeText(path: string, text: string): Promise<void>
  /** Absolute, links followed as far as something is there. */
  realPath(path: string): Promise<string>
  /** `undefined` when nothing is there. */
  kind(path: string): Promise<'file' | 'directory' | 'other' | undefined>
  /** Names in a folder, in no order; none when there is no such folder. */
  names(directory: string): Promise<readonly string[]>
}
