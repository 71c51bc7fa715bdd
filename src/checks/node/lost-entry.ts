import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { NodeTree } from './node-tree.ts'
import { exportTarget } from './resolve-module.ts'

type EntryFiles = Pick<NodeTree, 'fileAt' | 'isFolder'>

/**
 * A command that nobody requires names an entry because tools ask for one, which was never there: in the package's own folder, or
 * beside the command. Anywhere else somebody built it, and it got lost; so it did where what belongs to it is left, or where
 * the commands are gone with it.
 */
export function neverHadEntry(
  tree: EntryFiles,
  folder: string,
  { commands, exports, packsMain }: NodePackage,
  target: string,
): boolean {
  if (commands === undefined || (packsMain === true && exports === undefined)) return false
  const around = posix.join(folder, posix.dirname(target))
  const files = Object.values(commands).map((file) => posix.join(folder, file))
  const isUsual = around === folder || files.some((file) => posix.dirname(file) === around)
  if (!isUsual || !tree.isFolder(around) || !files.some((file) => tree.fileAt(file) !== undefined)) return false
  const types = `${posix.join(folder, target).replace(/\.js$/, '')}.d.ts`
  return !(hasOtherWay(tree, folder, exports) || (around === folder && tree.fileAt(types) !== undefined))
}

/**
 * `index.js` of a package that names no entry, and had one: it declares what its name gives, and has scripts; or it has native
 * code to compile, and what looks for that. A package without these may be there for its parts alone.
 */
export function unnamedEntry(tree: NodeTree, folder: string, facts: NodePackage): string | undefined {
  const { main, exports, commands, declarations, dependencies = [] } = facts
  if (main !== undefined || exports !== undefined || commands !== undefined) return undefined
  const isThere = (path: string): boolean => tree.fileAt(posix.join(folder, path)) !== undefined
  const isDeclared = declarations !== undefined && isThere(declarations) && hasScripts(tree, folder)
  const isCompiled = isThere('binding.gyp') && dependencies.some((name) => ADDON_LOADERS.has(name))
  return isDeclared || isCompiled ? 'index.js' : undefined
}

const ADDON_LOADERS = new Set(['bindings', 'node-gyp-build', '@mapbox/node-pre-gyp', 'pkg-prebuilds'])

/** Of its own: what it depends on may lie in its folder. */
export function hasScripts(tree: NodeTree, folder: string): boolean {
  return tree.view.tree
    .childrenOf(folder)
    .some(({ path, type }) =>
      type === 'directory'
        ? posix.basename(path) !== 'node_modules' && hasScripts(tree, path)
        : /\.[cm]?js$/.test(path),
    )
}

/** `import` loads a file of its own, which is there. */
function hasOtherWay(tree: EntryFiles, folder: string, exports: unknown): boolean {
  return (['require', 'import'] as const)
    .map((way) => exportTarget(exports, '.', way))
    .some((target) => target !== undefined && tree.fileAt(posix.join(folder, target)) !== undefined)
}
