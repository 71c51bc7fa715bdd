import type { Subject } from '../check.ts'
import { shellWord } from '../facts/wording.ts'
import type { NodeTree } from './node-tree.ts'

/** How npm is told to install for Lambda from any machine. */
export function installFlags({ cpu, libc }: Pick<NodeTree, 'cpu' | 'libc'>): string {
  return `--os=linux --cpu=${cpu} --libc=${libc}`
}

/** Variants for the platform are packages of their own: npm chooses them by its flags, also on a Mac. */
export function reinstall(tree: NodeTree, name: string): string {
  return `Install for the platform of the function, optional dependencies included.\nnpm install ${installFlags(tree)} ${shellWord(name)}`
}

/** Compiled or downloaded by an install script: it has to run on a system like the function's. */
export function rebuild({ plan }: Subject, name: string): string {
  const image = plan.runtime === undefined ? 'the image that runs the function' : `${plan.runtime.baseImage}`
  return `Let its install script run where the function runs (${image}), without \`--ignore-scripts\`.\nnpm rebuild ${shellWord(name)}`
}
