import type { Failure } from '../module-outcome.ts'
import { isNativeLack } from '../native-lack.ts'
import type { NodeTree } from '../node-tree.ts'
import { packageFolderOf } from '../resolve-module.ts'

/**
 * The native part that a package looked for in vain before it had Node.js run the script of another package, which its
 * package.json does not ask for: nobody tries them together (sass-embedded for another processor, beside sass).
 */
export function lackBehindStandIn(tree: NodeTree, failures: readonly Failure[], script: string): Failure | undefined {
  const lack = failures.findLast((failure) => isNativeLack(tree, failure))
  if (lack === undefined) return undefined
  const own = tree.packageAt(packageFolderOf(tree, lack.script) ?? '')
  const other = tree.packageAt(packageFolderOf(tree, script) ?? '')
  if (own === undefined || other === undefined || own.name === other.name) return undefined
  const { dependencies = [], optionalDependencies = [], peerDependencies = [] } = own
  return [...dependencies, ...optionalDependencies, ...peerDependencies].includes(other.name) ? undefined : lack
}
