import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { NodeTree } from './node-tree.ts'
import { nameFit, packageFits } from './platform-name.ts'
import { moduleFolders } from './resolve-module.ts'

/** A package that comes with one package per platform, as optional dependencies of which npm installs what fits. */
export type Variants = {
  /** Names of those for this platform. */
  readonly wanted: readonly string[]
  /** Those of them that are installed. */
  readonly fitting: readonly string[]
  /** All that are installed, WebAssembly left out, and where. */
  readonly installed: readonly { readonly name: string; readonly folder: string }[]
  readonly wasm: readonly string[]
}

const FEWEST = 3

/** `undefined` for a package that has no variants, or none for this platform at all. */
export function variantsOf(tree: NodeTree, own: NodePackage): Variants | undefined {
  const optional = own.optionalDependencies ?? []
  if (optional.length < FEWEST) return undefined
  const named = optional.filter((name) => nameFit(last(name), tree) !== 'any')
  if (named.length < FEWEST) return undefined
  const wanted = named.filter((name) => nameFit(last(name), tree) === 'here')
  if (wanted.length === 0) return undefined
  const factsOf = (name: string) => installedAs(tree, own, name)
  return {
    wanted,
    fitting: wanted.filter((name) => {
      const facts = factsOf(name)
      return facts !== undefined && packageFits(facts, tree)
    }),
    installed: named.flatMap((name) => {
      const facts = factsOf(name)
      return facts === undefined ? [] : [{ name, folder: posix.dirname(facts.path) }]
    }),
    wasm: optional.filter((name) => /wasm/.test(name) && factsOf(name) !== undefined),
  }
}

/** What a package gets under a name of its dependencies. */
export function installedAs(tree: NodeTree, own: NodePackage, name: string): NodePackage | undefined {
  return moduleFolders(tree, own.path, 'require')
    .map((folder) => tree.packageAt(real(tree, posix.join(folder, name))))
    .find((facts) => facts !== undefined)
}

function last(name: string): string {
  return name.split('/').slice(-2).join('/')
}

function real(tree: NodeTree, folder: string): string {
  return tree.view.tree.resolve(folder)?.path ?? folder
}
