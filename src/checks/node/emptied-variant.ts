import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import { code } from '../facts/wording.ts'
import type { NodeTree } from './node-tree.ts'
import { installedAs, variantsOf } from './platform-variants.ts'

/** The variant for this platform, installed without what it is there for. */
export type EmptiedVariant = { readonly name: string; readonly folder: string; readonly addon?: string }

/** Of a package whose variant is installed and holds nothing native: exclusions take `*.node` out, and leave package.json. */
export function emptiedVariant(tree: NodeTree, own: NodePackage | undefined): EmptiedVariant | undefined {
  if (own === undefined) return undefined
  for (const name of variantsOf(tree, own)?.fitting ?? []) {
    const variant = installedAs(tree, own, name)
    if (variant === undefined) continue
    const folder = posix.dirname(variant.path)
    if (holdsNative(tree, folder)) continue
    const addon = addonsOf(variant).find((path) => tree.fileAt(posix.join(folder, path)) === undefined)
    return { name, folder, ...(addon === undefined ? {} : { addon: posix.join(folder, addon) }) }
  }
  return undefined
}

/** An addon, a library or a program counts also when it is broken, or a Git LFS pointer: that is another cause. */
export function holdsNative(tree: NodeTree, folder: string): boolean {
  const { facts, tree: files } = tree.view
  return files
    .childrenOf(folder)
    .some(({ path, type }) =>
      type === 'directory'
        ? holdsNative(tree, path)
        : /\.(?:node|so(?:\.\d+)*)$/.test(path) ||
          files.elf.has(path) ||
          facts.foreign.some((one) => one.format === 'none' && one.path === path),
    )
}

/** What the variant's package.json says to be loaded; the names that others load it by are keys. */
function addonsOf({ main, exports }: NodePackage): readonly string[] {
  const named = [...(main === undefined ? [] : [main]), ...texts(exports)]
  return named.filter((path) => path.endsWith('.node') && !path.includes('*'))
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}

/** Its part of a message: `lacks its native part: `x-linux-x64` is installed without `x.node``. */
export function withoutNative({ name, addon }: EmptiedVariant): string {
  const what = addon === undefined ? 'native code' : code(posix.basename(addon))
  return `lacks its native part: ${code(name)} is installed without ${what}`
}
