import type { FileEntry } from '../../inspect/evidence.ts'
import { moduleFormat } from './evaluation/module-format.ts'
import { parseScript } from './evaluation/parse-script.ts'
import type { Failure } from './module-outcome.ts'
import type { NodeRoot } from './node-roots.ts'
import type { NodeTree } from './node-tree.ts'
import { packageFolderOf } from './resolve-module.ts'

/**
 * A package that refuses to be loaded by its name, and is used by something else: by its commands (Vitest), or by parts of it,
 * where its entry throws without asking for anything (ethereum-cryptography).
 */
export function isUsedOtherwise(
  tree: NodeTree,
  { entry, facts, folder }: NodeRoot,
  { says, script }: Failure,
): boolean {
  if (says === undefined || facts === undefined || folder === undefined) return false
  if (facts.commands !== undefined) return true
  return (
    script === entry && throwsAnyway(tree, entry) && !isStandInOfInstall(tree, entry) && hasParts(tree, folder, entry)
  )
}

/** A script that throws whatever happens, which the package's install script would have replaced. */
export function isStandInOfInstall(tree: NodeTree, path: string): boolean {
  const own = tree.packageAt(packageFolderOf(tree, path) ?? '')
  return own?.installScripts !== undefined && throwsAnyway(tree, path)
}

/** One of the statements of the script itself, under no condition. */
function throwsAnyway(tree: NodeTree, path: string): boolean {
  const script = tree.scriptAt(path)
  const parsed = script === undefined ? undefined : parseScript(script, moduleFormat(tree, path))
  return parsed?.program.body.some(({ type }) => type === 'ThrowStatement') === true
}

function hasParts(tree: NodeTree, folder: string, entry: string): boolean {
  const isPart = ({ path, type }: FileEntry): boolean => type === 'file' && path !== entry && /\.[cm]?js$/.test(path)
  return tree.view.tree.childrenOf(folder).some(isPart)
}
