import type { OsRelease } from '../../inspect/evidence.ts'
import type { Architecture } from '../architecture.ts'

/** What a published runtime image held on the day it was read: written by scripts/runtime-rows.ts, never by hand. */
export type ScannedRow = {
  /** Runtime identifier. */
  readonly runtime: string
  readonly architecture: Architecture
  /** The image that was read, and its digest. */
  readonly source: string
  readonly digest?: string
  /** ISO date of the reading. */
  readonly scanned: string
  readonly os: OsRelease
  readonly libc: { readonly family: string; readonly version: string }
  /** Newest symbol version of libstdc++'s C++ ABI. */
  readonly cxxabi?: string
  readonly tools: Readonly<Record<string, string>>
}
