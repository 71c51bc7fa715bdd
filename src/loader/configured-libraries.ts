import { posix } from 'node:path'
import picomatch from 'picomatch'
import type { RuntimeView } from '../checks/facts/runtime-view.ts'
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

/** Folders of ld.so.conf. Without the cache that ldconfig makes of them the loader looks into none of them. */
export function configuredLibraries(
  view: RuntimeView,
  folders: LibraryFolders,
  defaults: readonly string[],
): ConfiguredLibraries {
  const { entries } = view.tree
  const uncached = entries.has(CONFIGURATION) && !entries.has(CACHE)
  const configured = uncached ? [] : configuredFolders(view, CONFIGURATION, new Set())
  const searched = [...new Set(configured)].map(folders.at)
  return {
    folders: searched,
    find(name, nodeflib) {
      for (const folder of searched) {
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
  const matches = picomatch(glob)
  return facts.loader
    .map(({ path }) => path)
    .filter((path) => matches(path))
    .toSorted()
}
