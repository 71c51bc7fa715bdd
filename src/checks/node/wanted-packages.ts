import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import { userScope } from '../facts/user-scope.ts'
import type { NodeTree } from './node-tree.ts'
import { nameFit, packageFits } from './platform-name.ts'

/** A package by the name that its folder, or a link to it, has in a `node_modules`. */
export type Installed = { readonly name: string; readonly facts: NodePackage }

const known = new WeakMap<NodeTree, readonly Installed[]>()

/** Packages that were installed for their own sake: not for another one that needs them. */
export function wantedPackages(subject: Subject, tree: NodeTree): readonly Installed[] {
  const found = known.get(tree) ?? findWanted(subject, tree)
  known.set(tree, found)
  return found
}

function findWanted(subject: Subject, tree: NodeTree): readonly Installed[] {
  const scope = userScope(subject)
  const byFolder = new Map<string, Installed[]>()
  const put = (path: string, facts: NodePackage | undefined): void => {
    const { modules, name } = placeOf(path) ?? {}
    if (facts === undefined || modules === undefined || name === undefined || !scope.adds(path)) return
    byFolder.set(modules, [...(byFolder.get(modules) ?? []), { name, facts }])
  }
  for (const file of subject.artifact.facts.node) if (file.kind === 'package') put(posix.dirname(file.path), file)
  // pnpm keeps packages in a store, and links to those that were asked for.
  for (const { path } of imageTree(subject.artifact).sought('links'))
    put(path, tree.packageAt(tree.view.tree.resolve(path)?.path ?? path))
  return [...byFolder].flatMap(([modules, packages]) => wanted(tree, modules, packages))
}

/** Of a package's folder right in a `node_modules` that is in no other one. */
function placeOf(path: string): { readonly modules: string; readonly name: string } | undefined {
  const [, modules, name] = /^(.*?\/node_modules)\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
  if (modules === undefined || name === undefined || /^@[^/]*$/.test(name)) return undefined
  return modules.slice(0, -'/node_modules'.length).includes('/node_modules/') ? undefined : { modules, name }
}

/**
 * Those that the project's package.json names, and those that neither it nor another package asks for: somebody put them there
 * (`npm install --no-save`). Beside a package.json a peer that npm brings along by itself is nobody's wish.
 */
function wanted(tree: NodeTree, modules: string, packages: readonly Installed[]): readonly Installed[] {
  const project = tree.packageAt(posix.dirname(modules))
  const direct = new Set([...(project?.dependencies ?? []), ...(project?.optionalDependencies ?? [])])
  const used = new Set(
    packages.flatMap(({ facts }) => [...(facts.dependencies ?? []), ...(facts.optionalDependencies ?? [])]),
  )
  const peers = new Set(packages.flatMap(({ facts }) => facts.peerDependencies ?? []))
  const isNamed = packages.some(({ name }) => direct.has(name))
  return packages
    .filter(({ name }) => direct.has(name) || !(used.has(name) || (isNamed && peers.has(name))))
    .filter(({ facts }) => !facts.typesOnly && !isVariant(facts, tree))
}

/** Made for one platform, or for others: what depends on it chooses. */
function isVariant({ name, os, cpu, libc, ...rest }: NodePackage, tree: NodeTree): boolean {
  if (os === undefined && cpu === undefined) return false
  return (
    nameFit(name, tree) !== 'any' ||
    !packageFits({ ...rest, ...(os && { os }), ...(cpu && { cpu }), ...(libc && { libc }) }, tree)
  )
}
