import { loadModule, type ModuleLoad } from './evaluation/load-module.ts'
import type { Failure } from './module-outcome.ts'
import { isNativeLack } from './native-lack.ts'
import type { NodeRoot } from './node-roots.ts'
import type { NodeTree } from './node-tree.ts'
import { resolveModule } from './resolve-module.ts'

/**
 * Why a package that loads scripts for others cannot (tsx). It exports the hooks of Node.js alone, which only scripts of a
 * function would call; what it depends on to transform them is of no use.
 */
export function loadsInVain(tree: NodeTree, { facts }: NodeRoot, { isLoader }: ModuleLoad): Failure | undefined {
  if (isLoader !== true || facts === undefined) return undefined
  for (const name of facts.dependencies ?? []) {
    const found = resolveModule(tree, facts.path, name, 'require')
    if (typeof found !== 'object') continue
    const { failure, firstUse } = loadModule(tree, found.path)
    const lack = failure ?? firstUse
    if (lack !== undefined && isNativeLack(tree, lack)) return lack
  }
  return undefined
}
