import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { Subject } from '../check.ts'
import { userScope } from '../facts/user-scope.ts'
import { hasScripts } from './lost-entry.ts'
import type { NodeRoot } from './node-roots.ts'
import type { NodeTree } from './node-tree.ts'
import { inPackage } from './resolve-module.ts'

/**
 * Packages that the project asks for, and whose own package.json got lost: without it their name leads nowhere, unless they have
 * an `index.js`. A folder that nobody asks for may be the user's own, of which parts are loaded by their paths.
 */
export function withoutManifest(subject: Subject, tree: NodeTree): readonly NodeRoot[] {
  const { adds } = userScope(subject)
  return subject.artifact.facts.node.flatMap((file) =>
    file.kind === 'package' && !file.path.includes('/node_modules/')
      ? askedFor(file).flatMap(({ name, folder }) => (adds(folder) ? lost(tree, name, folder) : []))
      : [],
  )
}

function askedFor({ path, dependencies = [], optionalDependencies = [] }: NodePackage) {
  return [...dependencies, ...optionalDependencies].map((name) => ({
    name,
    folder: posix.join(posix.dirname(path), 'node_modules', name),
  }))
}

function lost(tree: NodeTree, name: string, folder: string): readonly NodeRoot[] {
  if (!tree.isFolder(folder) || name.startsWith('@types/')) return []
  const real = tree.view.tree.resolve(folder)?.path ?? folder
  const isFound = tree.packageAt(real) !== undefined || inPackage(tree, folder, '', 'require') !== undefined
  if (isFound || !hasScripts(tree, real)) return []
  return [{ name, entry: posix.join(real, 'package.json'), folder: real }]
}
