import { nativeness } from '../facts/machine.ts'
import type { NodeTree } from './node-tree.ts'

/** Whether a program that a package brings can be started by its path. */
export function canStart({ view, architecture, fileAt }: NodeTree, path: string): boolean {
  const file = view.tree.entries.get(fileAt(path) ?? '')
  if (file === undefined || file.type !== 'file' || file.size === 0) return false
  // Of another system, or a pointer that Git LFS left.
  if (view.facts.foreign.some((one) => one.path === file.path)) return false
  const elf = view.tree.elf.get(file.path)
  if (elf?.problem !== undefined || (file.mode & 0o1) === 0) return false
  // What is no ELF file may be a script: its first line is not known here.
  return elf === undefined || nativeness(elf, architecture) !== 'foreign'
}
