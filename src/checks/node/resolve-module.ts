import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { NodeTree } from './node-tree.ts'

export type Resolved =
  | { readonly path: string }
  | 'builtin'
  /** The package is there, and its package.json was not read: too much came before it, or it is no JSON. */
  | 'unread'
  /** No such module: `MODULE_NOT_FOUND`. */
  | undefined

const BUILTIN = new Set(builtinModules)
const EXTENSIONS = ['', '.js', '.json', '.node']

export type Way = 'require' | 'import'

/** Where Node.js finds a module that the script at `from` names (Node.js API, "Modules: all together" and "ECMAScript modules"). */
export function resolveModule(tree: NodeTree, from: string, name: string, way: Way): Resolved {
  if (name.startsWith('node:') || BUILTIN.has(name)) return 'builtin'
  if (/^\.{1,2}(?:\/|$)/.test(name) || name.startsWith('/'))
    return asFileOrFolder(tree, posix.resolve(posix.dirname(from), name))
  if (name.startsWith('#')) return ownImport(tree, from, name, way)
  const own = self(tree, from, name, way)
  if (own !== undefined) return own
  const [, packageName = name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name) ?? []
  for (const folder of moduleFolders(tree, from, way)) {
    const its = posix.join(folder, packageName)
    const found = inPackage(tree, its, rest, way)
    if (found !== undefined || isLast(tree, its, rest)) return found
  }
  return undefined
}

/** Node.js looks no further where a package says what it is loaded by, though that is not there. */
function isLast(tree: NodeTree, folder: string, rest: string): boolean {
  const own = tree.packageAt(tree.view.tree.resolve(folder)?.path ?? folder)
  return own?.exports !== undefined || (rest === '' && own?.main !== undefined)
}

/** `node_modules` of every folder above; `require` looks in NODE_PATH as well. */
export function moduleFolders({ globalFolders }: NodeTree, from: string, way: Way): readonly string[] {
  const folders: string[] = []
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    if (posix.basename(folder) !== 'node_modules') folders.push(posix.join(folder, 'node_modules'))
    if (folder === '/') break
  }
  return way === 'require' ? [...folders, ...globalFolders] : folders
}

/** The folder of the nearest package.json. */
export function packageFolderOf(tree: NodeTree, path: string): string | undefined {
  for (let folder = posix.dirname(path); folder.length > 1; folder = posix.dirname(folder)) {
    if (tree.packageAt(folder) !== undefined) return folder
    if (posix.basename(folder) === 'node_modules') return undefined
  }
  return undefined
}

/** `#name` of the package's own `imports`: a file of it, or another package. */
function ownImport(tree: NodeTree, from: string, name: string, way: Way): Resolved {
  const folder = packageFolderOf(tree, from)
  const imports = folder === undefined ? undefined : tree.packageAt(folder)?.imports
  if (folder === undefined || !isRecord(imports)) return undefined
  const renamed = Object.fromEntries(Object.entries(imports).map(([key, value]) => [`./${key}`, value]))
  const target = exportTarget(renamed, `./${name}`, way)
  if (target === undefined) return undefined
  if (!target.startsWith('.')) return resolveModule(tree, posix.join(folder, 'package.json'), target, way)
  const path = tree.fileAt(posix.join(folder, target))
  return path === undefined ? undefined : { path }
}

/** A package may name itself. */
function self(tree: NodeTree, from: string, name: string, way: Way): Resolved {
  const folder = packageFolderOf(tree, from)
  const own = folder === undefined ? undefined : tree.packageAt(folder)
  if (folder === undefined || own?.exports === undefined || own.name === '') return undefined
  if (name !== own.name && !name.startsWith(`${own.name}/`)) return undefined
  return exported(tree, folder, own, name.slice(own.name.length), way)
}

/** A package folder's entry, or `rest` of it. */
export function inPackage(tree: NodeTree, folder: string, rest: string, way: Way): Resolved {
  if (!tree.isFolder(folder)) return rest === '' ? asFile(tree, folder) : undefined
  const real = tree.view.tree.resolve(folder)?.path ?? folder
  const own = tree.packageAt(real)
  if (own?.exports !== undefined) return exported(tree, real, own, rest, way)
  const found = rest === '' ? asFolder(tree, real) : asFileOrFolder(tree, posix.join(real, rest))
  return found ?? (own === undefined && tree.fileAt(posix.join(real, 'package.json')) ? 'unread' : undefined)
}

function asFileOrFolder(tree: NodeTree, path: string): Resolved {
  return asFile(tree, path) ?? asFolder(tree, path)
}

function asFile(tree: NodeTree, path: string): Resolved {
  for (const extension of EXTENSIONS) {
    const file = tree.fileAt(path + extension)
    if (file !== undefined) return { path: file }
  }
  return undefined
}

function asFolder(tree: NodeTree, folder: string): Resolved {
  if (!tree.isFolder(folder)) return undefined
  const real = tree.view.tree.resolve(folder)?.path ?? folder
  const main = tree.packageAt(real)?.main
  if (main !== undefined) {
    const found = asFile(tree, posix.join(real, main)) ?? asFile(tree, posix.join(real, main, 'index'))
    if (found !== undefined) return found
  }
  return asFile(tree, posix.join(real, 'index'))
}

function exported(tree: NodeTree, folder: string, { exports }: NodePackage, rest: string, way: Way): Resolved {
  const target = exportTarget(exports, `.${rest}`, way)
  if (target === undefined) return undefined
  const path = tree.fileAt(posix.join(folder, target))
  return path === undefined ? undefined : { path }
}

/** The file that `exports` names for a subpath (`.`, `./lib/x`). */
export function exportTarget(exports: unknown, subpath: string, way: Way): string | undefined {
  const isMap = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'))
  if (!isMap) return subpath === '.' ? conditional(exports, way) : undefined
  const exact = exports[subpath]
  if (exact !== undefined) return conditional(exact, way)
  const patterns = Object.keys(exports).filter((key) => key.includes('*') || key.endsWith('/'))
  for (const key of patterns.sort((a, b) => b.length - a.length)) {
    const [head = '', tail = ''] = key.includes('*') ? key.split('*') : [key, '']
    if (!subpath.startsWith(head) || !subpath.endsWith(tail) || subpath.length < head.length + tail.length) continue
    const middle = subpath.slice(head.length, subpath.length - tail.length)
    const target = conditional(exports[key], way)
    return key.includes('*') ? target?.replaceAll('*', middle) : target === undefined ? undefined : target + middle
  }
  return undefined
}

function conditional(target: unknown, way: Way): string | undefined {
  if (typeof target === 'string') return target
  if (Array.isArray(target)) {
    for (const one of target) {
      const found = conditional(one, way)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isRecord(target)) return undefined
  for (const [condition, value] of Object.entries(target)) {
    const holds = ['node', 'node-addons', 'module-sync', 'default', way].includes(condition)
    const found = holds ? conditional(value, way) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
