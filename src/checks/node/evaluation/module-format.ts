import type { NodeTree } from '../node-tree.ts'
import { packageFolderOf } from '../resolve-module.ts'

/** What Node.js takes a script for by its name and its package.json; `undefined`: what its text shows. */
export function moduleFormat(tree: NodeTree, path: string): 'module' | 'commonjs' | undefined {
  if (path.endsWith('.mjs')) return 'module'
  if (path.endsWith('.cjs')) return 'commonjs'
  return packageOf(tree, path)?.type === 'module' ? 'module' : undefined
}

/** The variant of a package that any machine runs: what it computes cannot be followed, and nothing native is in it. */
export function isWebAssembly(tree: NodeTree, path: string): boolean {
  const own = packageOf(tree, path)
  return own !== undefined && (own.cpu?.every((one) => one === 'wasm32') === true || /wasm32|wasi/.test(own.name))
}

function packageOf(tree: NodeTree, path: string) {
  const folder = packageFolderOf(tree, path)
  return folder === undefined ? undefined : tree.packageAt(folder)
}
