import { posix } from 'node:path'
import type { ModuleLoad } from './evaluation/load-module.ts'
import type { NodeRoot } from './node-roots.ts'
import type { NodeTree } from './node-tree.ts'

/**
 * What Node.js loads of a package whose own entry is for browsers: the same build once more, in another of its folders
 * (`build/pdf.mjs` and `legacy/build/pdf.mjs`). Whoever uses the package in a function asks for that one by its path.
 */
export function entriesForNode(
  tree: NodeTree,
  { name, entry, folder, facts }: NodeRoot,
  { isForBrowsers }: ModuleLoad,
): readonly NodeRoot[] {
  if (isForBrowsers !== true || folder === undefined || facts?.name !== name || facts.exports !== undefined) return []
  const inside = posix.relative(folder, entry)
  return tree.view.tree.childrenOf(folder).flatMap(({ path }): readonly NodeRoot[] => {
    const other = tree.fileAt(posix.join(path, inside))
    return other === undefined
      ? []
      : [{ name: posix.join(name, posix.relative(folder, other)), entry: other, folder, facts }]
  })
}
