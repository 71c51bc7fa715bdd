import { posix } from 'node:path'
import type { RuntimeView } from '../checks/facts/runtime-view.ts'
import type { CachedLibrary } from '../inspect/loader/library-cache.ts'
import type { Candidate, LibraryFolder, LibraryFolders } from './library-folders.ts'

/** Libraries outside of the default folders that the system knows by name. */
export type ConfiguredLibraries = {
  /** For messages: where they lie. */
  readonly folders: readonly LibraryFolder[]
  /** `nodeflib`: the asking object is linked with `-z nodefaultlib`, the default folders are then left out. */
  find(name: string, nodeflib: boolean): Candidate | undefined
}

const CONFIGURATION = '/etc/ld.so.conf'
const CACHE = '/etc/ld.so.cache'

/** What ldconfig found: its cache where that was read, else the folders of ld.so.conf, which it would look into. */
export function configuredLibraries(
  view: RuntimeView,
  folders: LibraryFolders,
  defaults: readonly string[],
): ConfiguredLibraries {
  const cache = view.facts.loader.find(({ path }) => path === CACHE)?.cache
  const configured = [...new Set(configuredFolders(view, CONFIGURATION, new Set()))].map(folders.at)
  if (cache !== undefined) return inCache(cache, configured, folders, defaults)
  // Without its cache the loader looks into none of them.
  const { entries } = view.tree
  if (entries.has(CONFIGURATION) && !entries.has(CACHE)) return { folders: [], find: () => undefined }
  return inFolders(configured, defaults)
}

function inCache(
  cache: readonly CachedLibrary[],
  configured: readonly LibraryFolder[],
  folders: LibraryFolders,
  defaults: readonly string[],
): ConfiguredLibraries {
  const paths = new Map<string, string[]>()
  for (const [name, path] of cache) {
    const known = paths.get(name)
    if (known === undefined) paths.set(name, [path])
    else known.push(path)
  }
  return {
    folders: configured,
    find(name, nodeflib) {
      const [first, ...others] = paths.get(name) ?? []
      // Entries for newer processors stand anywhere among those of a name; the others are in the order of preference.
      const path = others.find((other) => other.includes('/glibc-hwcaps/')) ?? first
      if (path === undefined || (nodeflib && defaults.includes(posix.dirname(path)))) return undefined
      const candidate = folders.file(path)
      return candidate?.acceptance.verdict === 'take' ? candidate : undefined
    },
  }
}

function inFolders(configured: readonly LibraryFolder[], defaults: readonly string[]): ConfiguredLibraries {
  return {
    folders: configured,
    find(name, nodeflib) {
      for (const folder of configured) {
        if (nodeflib && defaults.includes(folder.path)) continue
        const candidate = folder.find(name)
        if (candidate?.acceptance.verdict === 'take') return candidate
      }
      return undefined
    },
  }
}

/** Folders in the order of the lines; `include` brings in other files, `hwcap` and types after `=` are of older systems. */
function configuredFolders(view: RuntimeView, path: string, seen: Set<string>): readonly string[] {
  if (seen.has(path)) return []
  seen.add(path)
  const lines = view.facts.loader.find((file) => file.path === path)?.lines ?? []
  return lines.flatMap((line) => {
    const [, pattern] = /^include\s+(.+)$/.exec(line) ?? []
    if (pattern !== undefined)
      return pattern
        .split(/\s+/)
        .flatMap((glob) =>
          matching(view, posix.resolve(posix.dirname(path), glob)).flatMap((file) =>
            configuredFolders(view, file, seen),
          ),
        )
    const folder = line.replace(/\s*=.*$/, '').replace(/(.)\/+$/, '$1')
    return folder.startsWith('/') ? [folder] : []
  })
}

function matching({ facts }: RuntimeView, glob: string): readonly string[] {
  const pattern = globPattern(glob)
  return facts.loader.flatMap(({ path }) => (pattern?.test(path) ? [path] : [])).toSorted()
}

/** As glob(3) reads it: wildcards stand for no slash, and not for a dot that a name begins with. */
function globPattern(glob: string): RegExp | undefined {
  const source = glob.replace(/\/(?=[*?[])|\*+|\?|\[!|[.+^${}()|\\]/g, (part) => {
    if (part === '/') return '/(?!\\.)'
    if (part.startsWith('*')) return '[^/]*'
    return part === '?' ? '[^/]' : part === '[!' ? '[^' : `\\${part}`
  })
  try {
    return new RegExp(`^${source}$`)
  } catch {
    // `[z-a]`, a bracket that is not closed: nothing has such a name.
    return undefined
  }
}
