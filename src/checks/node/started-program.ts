import { nativeness } from '../facts/machine.ts'
import { type Pretence, pretence } from '../facts/pretence.ts'
import { holdsNative } from './emptied-variant.ts'
import type { NodeTree } from './node-tree.ts'
import { packageFolderOf } from './resolve-module.ts'

/** Why a program cannot be started. */
export type Unfitness = {
  readonly kind: 'absent' | 'emptied' | 'cut' | 'other-system' | 'mode' | 'placeholder' | Pretence['kind']
  /** Continues a sentence that begins with its name. */
  readonly what: string
}

/** Whether a program that a package brings can be started by its path. */
export function canStart(tree: NodeTree, path: string): boolean {
  return unfitness(tree, path) === undefined
}

/** Why it cannot; what is no ELF file may be a script: its first line is not known here. */
export function unfitness(tree: NodeTree, path: string): Unfitness | undefined {
  const { view, architecture, fileAt } = tree
  const { entries } = view.tree
  const entry = entries.get(fileAt(path) ?? '')
  // A hard link is its target by another name, and has no size of its own in an archive: pnpm links all files to its store.
  const file = entry?.type === 'hardlink' ? entries.get(entry.link ?? '') : entry
  if (entry === undefined || file === undefined) return { kind: 'absent', what: 'is not there' }
  const foreign = view.facts.foreign.find((one) => one.path === file.path)
  if (file.size === 0 || foreign?.format === 'none') return pretence(file.size, foreign?.head ?? '')
  const elf = view.tree.elf.get(file.path)
  if (foreign !== undefined || (elf !== undefined && nativeness(elf, architecture) === 'foreign'))
    return { kind: 'other-system', what: 'is for another system or processor' }
  if (elf?.problem !== undefined) return { kind: 'cut', what: `is damaged: ${elf.problem}` }
  if ((file.mode & 0o1) === 0) return { kind: 'mode', what: 'is not executable' }
  if (isPlaceholder(tree, file.path))
    return { kind: 'placeholder', what: 'is a placeholder, which the install script of its package replaces' }
  if (startsNothing(tree, entry.path))
    return { kind: 'emptied', what: 'starts native code that its package does not have' }
  return undefined
}

function isPlaceholder(tree: NodeTree, path: string): boolean {
  const own = tree.packageAt(packageFolderOf(tree, path) ?? '')
  return own?.installScripts !== undefined && tree.scriptAt(path)?.isPlaceholder === true
}

/** A script in a package for one processor, of which all native code was left out (sass-embedded-linux-x64). */
function startsNothing(tree: NodeTree, path: string): boolean {
  const folder = packageFolderOf(tree, path)
  const own = folder === undefined ? undefined : tree.packageAt(folder)
  return folder !== undefined && own?.os !== undefined && own.cpu !== undefined && !holdsNative(tree, folder)
}
