import { posix } from 'node:path'
import type { FileEntry } from '../../inspect/evidence.ts'
import { isFile, isWithin } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import type { Interpreter } from './interpreter.ts'

/** What Python finds for the last part of a module's name in folders (importlib's PathFinder and FileFinder). */
export type FoundModule =
  | { readonly kind: 'source' | 'extension'; readonly path: string; readonly folders?: readonly string[] }
  /** Folders without `__init__`, of every entry of the path that has one. */
  | { readonly kind: 'namespace'; readonly folders: readonly string[] }

/** A file that bears a module's name and that this Python does not look at. */
export type PassedOver = { readonly path: string; readonly why: 'tag' | 'not-shipped' }

export type ModuleFiles = {
  find(name: string, folders: readonly string[]): FoundModule | undefined
  /** Native files of that name which the search passes over, and those that RECORD lists and the artifact lacks. */
  passedOver(name: string, folders: readonly string[]): readonly PassedOver[]
  /** Names of the modules right in these folders, of passed-over ones too. */
  below(folders: readonly string[]): readonly string[]
  /** Extension modules right in these folders that are named for macOS or Windows. */
  otherSystems(folders: readonly string[]): readonly PassedOver[]
}

const OTHER_SYSTEM = /\.pyd$|-darwin\.so$/
const NATIVE = /\.(?:so|pyd|dylib|dll)$/i

export function moduleFiles(view: RuntimeView, { suffixes, path: roots }: Interpreter): ModuleFiles {
  const { entries } = view.tree
  const { candidates, names } = index(view, suffixes, roots)
  // A link may lead out of Python's folders.
  const isIndexed = (folder: string): boolean => roots.some((root) => isWithin(folder, root))
  // The standard library's modules are looked for on every entry of the path, again and again.
  const known = new Map<string, FoundModule | undefined>()
  let children: ReadonlyMap<string, readonly string[]> | undefined

  return {
    find(name, folders) {
      const namespace: string[] = []
      for (const folder of folders) {
        const found = findIn(name, folder)
        if (found?.kind !== 'namespace') {
          if (found !== undefined) return found
        } else namespace.push(...found.folders)
      }
      return namespace.length === 0 ? undefined : { kind: 'namespace', folders: namespace }
    },
    passedOver: (name, folders) =>
      folders.flatMap((folder) => [
        ...(candidates.get(`${folder}/${name}`) ?? []),
        ...(candidates.get(`${folder}/${name}/__init__`) ?? []),
      ]),
    below(folders) {
      children ??= childrenOf([...names, ...candidates.keys()])
      return [...new Set(folders.flatMap((folder) => children?.get(folder) ?? []))].filter((name) => {
        const kind = this.find(name, folders)?.kind
        return kind === 'source' || kind === 'extension' || this.passedOver(name, folders).length > 0
      })
    },
    otherSystems: (folders) =>
      [...candidates.values()]
        .flat()
        .filter(({ path }) => OTHER_SYSTEM.test(path) && folders.includes(path.slice(0, path.lastIndexOf('/')))),
  }

  function findIn(name: string, folder: string): FoundModule | undefined {
    const key = `${folder}/${name}`
    // Most names of `from x import name` are no files.
    if (!names.has(key) && isIndexed(folder)) return undefined
    if (!known.has(key)) known.set(key, lookUp(name, folder))
    return known.get(key)
  }

  /** A package, then a module by suffix, then a folder. */
  function lookUp(name: string, folder: string): FoundModule | undefined {
    const base = `${folder}/${name}`
    const directory = followed(base)
    const isFolder = directory?.type === 'directory'
    if (isFolder) {
      const init = fileOf(`${directory.path}/__init__`)
      if (init !== undefined) return { ...init, folders: [directory.path] }
    }
    const file = fileOf(base)
    if (file !== undefined) return file
    return isFolder ? { kind: 'namespace', folders: [directory.path] } : undefined
  }

  function fileOf(base: string): { readonly kind: 'source' | 'extension'; readonly path: string } | undefined {
    for (const suffix of suffixes) {
      const entry = followed(base + suffix)
      if (isFile(entry)) return { kind: 'extension', path: entry.path }
    }
    for (const suffix of ['.py', '.pyc']) {
      const entry = followed(base + suffix)
      if (isFile(entry)) return { kind: 'source', path: entry.path }
    }
    return undefined
  }

  function followed(path: string): FileEntry | undefined {
    const entry = entries.get(path)
    return entry?.type === 'symlink' ? view.tree.resolve(path) : entry
  }
}

type Index = {
  /** Native files that nobody imports under the name before the first dot, by path up to it. */
  readonly candidates: ReadonlyMap<string, readonly PassedOver[]>
  /** Everything below Python's folders, up to the first dot. */
  readonly names: ReadonlySet<string>
}

function index({ tree, facts }: RuntimeView, suffixes: readonly string[], roots: readonly string[]): Index {
  const candidates = new Map<string, PassedOver[]>()
  const names = new Set<string>()
  const add = (path: string, why: PassedOver['why']): void => {
    const key = withoutSuffix(path)
    const list = candidates.get(key)
    if (list === undefined) candidates.set(key, [{ path, why }])
    else list.push({ path, why })
  }
  const folders = roots.map((root) => `${root}/`)
  for (const { path, type } of tree.entries.values()) {
    if (!folders.some((folder) => path.startsWith(folder))) continue
    names.add(withoutSuffix(path))
    if (type !== 'directory' && NATIVE.test(path) && !isImportable(path, suffixes)) add(path, 'tag')
  }
  for (const fact of facts.python) {
    if (fact.kind !== 'distribution') continue
    const site = posix.dirname(fact.path)
    for (const path of fact.record?.native ?? []) {
      if (NATIVE.test(path) && !tree.entries.has(`${site}/${path}`)) add(`${site}/${path}`, 'not-shipped')
    }
  }
  return { candidates, names }
}

function childrenOf(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const path of names) {
    const at = path.lastIndexOf('/')
    const same = children.get(path.slice(0, at))
    if (same === undefined) children.set(path.slice(0, at), [path.slice(at + 1)])
    else same.push(path.slice(at + 1))
  }
  return children
}

/** The path up to the first dot of the file's name. */
export function withoutSuffix(path: string): string {
  const name = path.lastIndexOf('/') + 1
  const dot = path.indexOf('.', name + 1)
  return dot === -1 ? path : path.slice(0, dot)
}

/** True when this Python would import the file as a module of the name before the first dot. */
export function isImportable(path: string, suffixes: readonly string[]): boolean {
  return suffixes.includes(path.slice(withoutSuffix(path).length))
}
