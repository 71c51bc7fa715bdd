/**
 * A file that is native code of another system, or is named like native code and is none. `processors` as the format
 * names them (`x86_64`, `arm64`), several in a universal binary.
 */
export type ForeignFile = {
  readonly path: string
  readonly format: 'mach-o' | 'pe' | 'none'
  readonly processors: readonly string[]
  /** Bytes of the whole file. */
  readonly size: number
  /** `none`: its first bytes as text, control characters as `.`, at most 64. */
  readonly head?: string
}
