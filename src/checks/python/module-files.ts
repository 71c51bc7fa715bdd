import type { FileEntry } from '../../inspect/evidence.ts'
import { groupBy } from '../facts/examples.ts'
import { isFile } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import type { Interpreter } from './interpreter.ts'
import { lostModules } from './lost-modules.ts'
import { isImportable, isModuleFile, NATIVE, nameOf } from './module-name.ts'

/** What Python finds for the last part of a module's name in folders (importlib's PathFinder and FileFinder). */
export type FoundModule =
  | { readonly kind: 'source' | 'extension'; readonly path: string; readonly folders?: readonly string[] }
  /** Folders without `__init__`, of every entry of the path that has one. */
  | { readonly kind: 'namespace'; readonly folders: readonly string[] }

/** A file that bears a module's name and that this Python does not look at. */
export type PassedOver = { readonly path: string; readonly why: 'tag' | 'not-shipped' }

export type ModuleFiles = {
  /** False: nothing in these folders bears the name, so that neither search below finds anything. */
  has(name: string, folders: readonly string[]): boolean
  find(name: string, folders: readonly string[]): FoundModule | undefined
  /** Native files of that name which the search passes over, and those that RECORD lists and the artifact lacks. */
  passedOver(name: string, folders: readonly string[]): readonly PassedOver[]
  /** Whether a folder without compiled modules has the stub or the Cython source of a module of that name, and no more. */
  isUncompiled(name: string, folders: readonly string[]): boolean
  /** Names of the modules right in these folders, of passed-over ones too. */
  below(folders: readonly string[]): readonly string[]
  /** Extension modules right in these folders that are for macOS or Windows. */
  otherSystems(folders: readonly string[]): readonly PassedOver[]
}

const OTHER_SYSTEM = /\.pyd$|-darwin\.so$/
const TO_COMPILE = /\.(?:py[ix]|pxd)$/

export function moduleFiles(view: RuntimeView, { suffixes }: Interpreter): ModuleFiles {
  const { childrenOf } = view.tree
  const lost = lostModules(view)
  // By their bytes, where no name tells: `_psutil_osx.abi3.so`.
  const foreign = view.facts.foreign
    .filter(({ path, format }) => format !== 'none' && NATIVE.test(path) && isImportable(path, suffixes))
    .map(({ path }): PassedOver => ({ path, why: 'tag' }))
  const named = new Map<string, ReadonlyMap<string, readonly FileEntry[]>>()
  // The same modules are looked for on the same path, again and again.
  const found = new WeakMap<readonly string[], Map<string, FoundModule | undefined>>()
  const known = new Map<string, FoundModule | undefined>()

  return { has, find, passedOver, isUncompiled, below, otherSystems }

  function has(name: string, folders: readonly string[]): boolean {
    return folders.some(
      (folder) =>
        filesByName(folder).has(name) ||
        (lost.size > 0 && (lost.get(folder)?.has(name) === true || lost.has(`${folder}/${name}`))),
    )
  }

  function find(name: string, folders: readonly string[]): FoundModule | undefined {
    const byName = found.get(folders) ?? new Map<string, FoundModule | undefined>()
    found.set(folders, byName)
    if (!byName.has(name)) byName.set(name, search(name, folders))
    return byName.get(name)
  }

  function search(name: string, folders: readonly string[]): FoundModule | undefined {
    const namespace: string[] = []
    for (const folder of folders) {
      const found = findIn(name, folder)
      if (found?.kind !== 'namespace') {
        if (found !== undefined) return found
      } else namespace.push(...found.folders)
    }
    return namespace.length === 0 ? undefined : { kind: 'namespace', folders: namespace }
  }

  function passedOver(name: string, folders: readonly string[]): readonly PassedOver[] {
    return folders.flatMap((folder) => [
      ...passedOverIn(folder, name),
      ...passedOverIn(`${folder}/${name}`, '__init__'),
    ])
  }

  function isUncompiled(name: string, folders: readonly string[]): boolean {
    return folders.some(
      (folder) =>
        filesByName(folder)
          .get(name)
          ?.some(({ path }) => TO_COMPILE.test(path)) === true &&
        !childrenOf(folder).some(({ path }) => NATIVE.test(path)),
    )
  }

  function below(folders: readonly string[]): readonly string[] {
    return [...new Set(folders.flatMap(namesIn))].filter((name) => {
      const kind = find(name, folders)?.kind
      return kind === 'source' || kind === 'extension' || passedOver(name, folders).length > 0
    })
  }

  function otherSystems(folders: readonly string[]): readonly PassedOver[] {
    return folders
      .flatMap((folder) => namesIn(folder).flatMap((name) => passedOverIn(folder, name)))
      .filter(({ path }) => OTHER_SYSTEM.test(path))
      .concat(foreign.filter(({ path }) => isIn(path, folders)))
  }

  function namesIn(folder: string): readonly string[] {
    return [...filesByName(folder).keys(), ...(lost.get(folder)?.keys() ?? [])]
  }

  /** What lies in the folder, by name up to the first dot. */
  function filesByName(folder: string): ReadonlyMap<string, readonly FileEntry[]> {
    const earlier = named.get(folder)
    if (earlier !== undefined) return earlier
    const files = groupBy(childrenOf(folder), ({ path }) => nameOf(path))
    named.set(folder, files)
    return files
  }

  function passedOverIn(folder: string, name: string): readonly PassedOver[] {
    const shipped = (filesByName(folder).get(name) ?? []).filter(
      ({ type, path }) => type !== 'directory' && isModuleFile(path) && !isImportable(path, suffixes),
    )
    return [
      ...shipped.map(({ path }) => ({ path, why: 'tag' as const })),
      ...(lost.get(folder)?.get(name) ?? []).map((path) => ({ path, why: 'not-shipped' as const })),
    ]
  }

  function findIn(name: string, folder: string): FoundModule | undefined {
    // Most names of `from x import name` are no files.
    if (!filesByName(folder).has(name)) return undefined
    const key = `${folder}/${name}`
    if (!known.has(key)) known.set(key, lookUp(name, folder))
    return known.get(key)
  }

  /** A package, then a module by suffix, then a folder. */
  function lookUp(name: string, folder: string): FoundModule | undefined {
    const directory = followed(folder, name, '')
    const isFolder = directory?.type === 'directory'
    if (isFolder) {
      const init = fileOf(directory.path, '__init__')
      if (init !== undefined) return { ...init, folders: [directory.path] }
    }
    const file = fileOf(folder, name)
    if (file !== undefined) return file
    return isFolder ? { kind: 'namespace', folders: [directory.path] } : undefined
  }

  function fileOf(
    folder: string,
    name: string,
  ): { readonly kind: 'source' | 'extension'; readonly path: string } | undefined {
    for (const suffix of suffixes) {
      const entry = followed(folder, name, suffix)
      if (isFile(entry)) return { kind: 'extension', path: entry.path }
    }
    for (const suffix of ['.py', '.pyc']) {
      const entry = followed(folder, name, suffix)
      if (isFile(entry)) return { kind: 'source', path: entry.path }
    }
    return undefined
  }

  /** The file right in the folder, which has no links in its path. */
  function followed(folder: string, name: string, suffix: string): FileEntry | undefined {
    const length = folder.length + 1 + name.length + suffix.length
    const entry = filesByName(folder)
      .get(name)
      ?.find(({ path }) => path.length === length && path.endsWith(suffix))
    return entry?.type === 'symlink' ? view.tree.resolve(entry.path) : entry
  }
}

function isIn(path: string, folders: readonly string[]): boolean {
  return folders.includes(path.slice(0, path.lastIndexOf('/')))
}
