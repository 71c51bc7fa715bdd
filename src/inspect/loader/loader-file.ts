import type { CachedLibrary } from './library-cache.ts'

/** A configuration of the dynamic loader: ld.so.conf, a file that it includes, or musl's ld-musl-*.path. */
export type LoaderFile = {
  readonly path: string
  /** Its lines without comments, trimmed, none of them empty; at most 1,000. */
  readonly lines: readonly string[]
  /** What ldconfig made of them (/etc/ld.so.cache): the loader reads this file and no other. */
  readonly cache?: readonly CachedLibrary[]
}
