import { posix } from 'node:path'
import type { AddonOutcome } from './addon.ts'
import type { Failure } from './module-outcome.ts'
import { isNativeLack } from './native-lack.ts'
import type { NodeTree } from './node-tree.ts'
import { installedAs, variantsOf } from './platform-variants.ts'
import { packageFolderOf } from './resolve-module.ts'

/**
 * A loader whose variant for the platform is installed looks for a file beside itself when that cannot be loaded, and gives up
 * for the file that nobody ever had: the failure with the addon that is there and broken instead.
 */
export function variantCause(
  tree: NodeTree,
  failure: Failure,
  addons: readonly { readonly addon: AddonOutcome }[],
): Failure {
  if (failure.addon !== undefined || !isNativeLack(tree, failure)) return failure
  const own = tree.packageAt(packageFolderOf(tree, failure.script) ?? '')
  if (own === undefined) return failure
  const folders = (variantsOf(tree, own)?.fitting ?? []).flatMap((name) => {
    const variant = installedAs(tree, own, name)
    return variant === undefined ? [] : [`${posix.dirname(variant.path)}/`]
  })
  for (const { addon } of addons)
    if (!addon.ok && folders.some((folder) => addon.path.startsWith(folder)))
      return { ...failure, addon, tried: [addon.path] }
  return failure
}
