import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import { commandFiles } from './commands-in-vain.ts'
import { runCommand } from './evaluation/load-module.ts'
import { isNativeLack } from './native-lack.ts'
import type { NodeTree } from './node-tree.ts'
import type { Variants } from './platform-variants.ts'
import { canStart } from './started-program.ts'

/**
 * The variant for another libc is installed, and its program, linked statically, asks for no libc at all. Whether it is
 * started is up to the commands, of which not all are seen to give up (pnpm takes what it finds, Biome does not).
 */
export function startsAnyway(tree: NodeTree, own: NodePackage, { installed }: Variants): boolean {
  if (!installed.some(({ folder }) => hasStaticProgram(tree, folder))) return false
  return commandFiles(own).some((path) => {
    const { failure } = runCommand(tree, tree.fileAt(path) ?? path)
    return failure === undefined || !isNativeLack(tree, failure)
  })
}

function hasStaticProgram(tree: NodeTree, folder: string): boolean {
  return [...tree.view.tree.elf.values()].some(
    ({ path, interpreter, needed }) =>
      path.startsWith(`${folder}/`) &&
      posix.extname(path) === '' &&
      interpreter === undefined &&
      needed.length === 0 &&
      canStart(tree, path),
  )
}
