import type { ElfFile } from '../inspect/evidence.ts'
import { highestVersion } from '../inspect/symbol-version.ts'
import type { LoadResult, UnmetVersion } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import { chainTo } from './member.ts'
import type { GrowingMembers } from './process.ts'

/**
 * Versions that the objects of a load need, against the object of that name in the process (glibc elf/dl-version.c): weak
 * ones only warn, and so does a library that defines none. Versions are names of a set, never compared by size. musl
 * does not look at them.
 */
export function unmetVersions({ libc }: LoaderSystem, members: GrowingMembers): Pick<LoadResult, 'unmet' | 'open'> {
  const unmet: UnmetVersion[] = []
  const open: string[] = []
  if (libc === 'musl') return { unmet, open }
  for (const member of members.added) {
    for (const need of member.file.versionsNeeded) {
      const provider = members.named(need.file)
      if (provider === undefined) continue
      if (provider.file.partial !== undefined) {
        open.push(`versions of ${provider.file.path}: ${provider.file.partial}`)
        continue
      }
      const absent = absentVersions(need.versions, provider.file)
      for (const version of absent) {
        const newest = newestOfFamily(version, provider.file.versionsDefined)
        unmet.push({
          soname: need.file,
          version,
          ...(newest === undefined ? {} : { newest }),
          neededBy: member.file,
          provider: provider.file,
          chain: chainTo(member),
          alreadyLoaded: !members.isNew(provider),
        })
      }
    }
  }
  return { unmet, open }
}

type Versions = ElfFile['versionsNeeded'][number]['versions']

const NONE: readonly string[] = []
const known = new WeakMap<Versions, WeakMap<ElfFile, readonly string[]>>()

/** The same pair comes up with every root that draws it in. */
function absentVersions(versions: Versions, provider: ElfFile): readonly string[] {
  if (provider.versionsDefined.length === 0) return NONE
  const byProvider = known.get(versions) ?? new WeakMap<ElfFile, readonly string[]>()
  known.set(versions, byProvider)
  const absent =
    byProvider.get(provider) ??
    versions.filter(({ name, weak }) => !weak && !provider.versionsDefined.includes(name)).map(({ name }) => name)
  byProvider.set(provider, absent)
  return absent
}

function newestOfFamily(version: string, defined: readonly string[]): string | undefined {
  const [, family] = /^(.+)_\d+(?:\.\d+)*$/.exec(version) ?? []
  if (family === undefined) return undefined
  const highest = highestVersion(family, defined)
  return highest === undefined ? undefined : `${family}_${highest}`
}
