import type { ElfFile } from '../../inspect/evidence.ts'
import { highestVersion } from '../../inspect/symbol-version.ts'
import type { LibraryProviders } from './library-providers.ts'

/** A symbol version that a file needs and the library answering for the soname does not define. */
export type UnmetVersion = {
  readonly soname: string
  readonly version: string
  /** Newest version of the same family that the library defines (`GLIBC_2.34`). */
  readonly newest?: string
  /** Another library of that name defines it: the loader's order decides. */
  readonly disputed: boolean
}

export type SymbolVersions = {
  readonly unmet: readonly UnmetVersion[]
  /** Sonames for which the image has no library, or none whose versions were read. */
  readonly unanswered: readonly string[]
}

/**
 * Versions of one file against the libraries of its image. Weak versions only make the loader warn, and so does a
 * library that defines no versions at all; versions are names of a set, never compared by size.
 */
export function symbolVersions(file: ElfFile, providers: LibraryProviders): SymbolVersions {
  const unmet: UnmetVersion[] = []
  const unanswered: string[] = []
  for (const need of file.versionsNeeded) {
    const strong = need.versions.filter(({ weak }) => !weak)
    if (strong.length === 0) continue
    const libraries = providers(file, need.file)
    const [first] = libraries
    if (first === undefined || first.partial !== undefined) {
      unanswered.push(need.file)
      continue
    }
    if (first.versionsDefined.length === 0) continue
    for (const { name } of strong) {
      if (first.versionsDefined.includes(name)) continue
      const newest = newestOfFamily(name, first.versionsDefined)
      const disputed = libraries.some(({ versionsDefined }) => versionsDefined.includes(name))
      unmet.push({ soname: need.file, version: name, disputed, ...(newest === undefined ? {} : { newest }) })
    }
  }
  return { unmet, unanswered }
}

function newestOfFamily(version: string, defined: readonly string[]): string | undefined {
  const [, family] = /^(.+)_\d+(?:\.\d+)*$/.exec(version) ?? []
  if (family === undefined) return undefined
  const highest = highestVersion(family, defined)
  return highest === undefined ? undefined : `${family}_${highest}`
}
