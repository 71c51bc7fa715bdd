import { workingDirectory } from '../checks/facts/code-folders.ts'
import type { RuntimeView } from '../checks/facts/runtime-view.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import { type ConfiguredLibraries, configuredLibraries } from './configured-libraries.ts'
import { type LibraryFolder, type LibraryFolders, libraryFolders } from './library-folders.ts'
import { type PathTokens, pathFolders } from './path-tokens.ts'

/** Where the loader of one runtime looks, and among which files. */
export type LoaderSystem = {
  readonly view: RuntimeView
  readonly architecture: Architecture
  readonly libc: 'glibc' | 'musl'
  readonly folders: LibraryFolders
  /** `$LIB` and `$PLATFORM`; `$ORIGIN` is each object's own. */
  readonly tokens: Omit<PathTokens, 'origin'>
  /** LD_LIBRARY_PATH of the process. */
  readonly libraryPath: readonly LibraryFolder[]
  /** What ldconfig wrote down, or the folders it would have. musl has none. */
  readonly configured: ConfiguredLibraries
  readonly defaults: readonly LibraryFolder[]
}

const known = new WeakMap<RuntimeView, Map<Architecture, LoaderSystem>>()

/** Indexed once per view: thousands of loads ask the same folders. */
export function loaderSystem(view: RuntimeView, architecture: Architecture): LoaderSystem {
  const byArchitecture = known.get(view) ?? new Map<Architecture, LoaderSystem>()
  known.set(view, byArchitecture)
  const system = byArchitecture.get(architecture) ?? makeSystem(view, architecture)
  byArchitecture.set(architecture, system)
  return system
}

function makeSystem(view: RuntimeView, architecture: Architecture): LoaderSystem {
  const libc = libcFamily(view)
  const folders = libraryFolders(view, architecture, libc)
  const machine = MACHINE[architecture]
  const { defaults, lib } = libc === 'musl' ? muslFolders(view, machine) : glibcFolders(view, architecture)
  const tokens = { lib, platforms: architecture === 'x86_64' ? ['haswell', machine] : [machine] }
  // The process starts in the folder of the function's code.
  const folder = workingDirectory(view)
  const libraryPath = pathFolders(view.environment.LD_LIBRARY_PATH ?? '', /[:;]/, tokens, folder)
  return {
    view,
    architecture,
    libc,
    folders,
    tokens,
    libraryPath: libraryPath.map(folders.at),
    configured: libc === 'musl' ? NOTHING_CONFIGURED : configuredLibraries(view, folders, defaults),
    defaults: defaults.map(folders.at),
  }
}

const MACHINE: Readonly<Record<Architecture, string>> = { x86_64: 'x86_64', arm64: 'aarch64' }
const NOTHING_CONFIGURED: ConfiguredLibraries = { folders: [], find: () => undefined }

function libcFamily({ libc, tree }: RuntimeView): 'glibc' | 'musl' {
  if (libc !== undefined) return libc.family
  const names = Object.values(MACHINE).map((machine) => `/lib/ld-musl-${machine}.so.1`)
  return names.some((name) => tree.resolve(name) !== undefined) ? 'musl' : 'glibc'
}

/** The folders that a glibc was built for (`slibdir`, `libdir`) are where its own libc.so.6 lies. */
function glibcFolders({ tree }: RuntimeView, architecture: Architecture) {
  const { debian } = architectureRow(architecture)
  const has = (folder: string) => tree.resolve(`${folder}/libc.so.6`) !== undefined
  if (has(`/lib/${debian}`) || has(`/usr/lib/${debian}`))
    return { lib: `lib/${debian}`, defaults: [`/lib/${debian}`, `/usr/lib/${debian}`, '/lib', '/usr/lib'] }
  if (!has('/lib64') && !has('/usr/lib64') && (has('/lib') || has('/usr/lib')))
    return { lib: 'lib', defaults: ['/lib', '/usr/lib'] }
  return { lib: 'lib64', defaults: ['/lib64', '/usr/lib64'] }
}

/** musl's ldso/dynlink.c: a file of folders, one a line or with colons, stands for the folders it was built with. */
function muslFolders({ facts }: RuntimeView, machine: string) {
  const file = facts.loader.find(({ path }) => path === `/etc/ld-musl-${machine}.path`)
  const configured = file?.lines.flatMap((line) => line.split(':')).filter((folder) => folder !== '')
  return { lib: 'lib', defaults: configured ?? ['/lib', '/usr/local/lib', '/usr/lib'] }
}
