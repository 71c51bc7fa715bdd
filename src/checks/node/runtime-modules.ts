import { posix } from 'node:path'
import type { NodeTree } from './node-tree.ts'
import { moduleFolders } from './resolve-module.ts'

/**
 * Packages that Lambda's managed Node.js runtimes bring (AWS Lambda developer guide, "Runtime-included SDK versions"): a
 * runtime of which only our table tells does not show them. They are found where the artifact has none of the name.
 */
export function isOfRuntime(tree: NodeTree, name: string, from: string): boolean {
  const [own] = /^@(?:aws-sdk|aws-crypto|smithy)\/[^/]+/.exec(name) ?? []
  if (tree.view.runtime?.family !== 'nodejs' || own === undefined) return false
  return !moduleFolders(tree, from, 'require').some((folder) => tree.isFolder(posix.join(folder, own)))
}
