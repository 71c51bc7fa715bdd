import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { NodeTree } from './node-tree.ts'
import { exportTarget } from './resolve-module.ts'

/**
 * A command that nobody requires names an entry because tools ask for one, which was never there: in the package's own folder, or
 * beside the command. Anywhere else somebody built it, and it got lost; so it did where what belongs to it is left, or where
 * the commands are gone with it.
 */
export function neverHadEntry(
  tree: NodeTree,
  folder: string,
  { commands, exports }: NodePackage,
  target: string,
): boolean {
  if (commands === undefined) return false
  const around = posix.join(folder, posix.dirname(target))
  const files = Object.values(commands).map((file) => posix.join(folder, file))
  const isUsual = around === folder || files.some((file) => posix.dirname(file) === around)
  if (!isUsual || !tree.isFolder(around) || !files.some((file) => tree.fileAt(file) !== undefined)) return false
  const types = `${posix.join(folder, target).replace(/\.js$/, '')}.d.ts`
  return !(hasOtherWay(tree, folder, exports) || (around === folder && tree.fileAt(types) !== undefined))
}

/** `import` loads a file of its own, which is there. */
function hasOtherWay(tree: NodeTree, folder: string, exports: unknown): boolean {
  return (['require', 'import'] as const)
    .map((way) => exportTarget(exports, '.', way))
    .some((target) => target !== undefined && tree.fileAt(posix.join(folder, target)) !== undefined)
}
