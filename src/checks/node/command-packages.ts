import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { Subject } from '../check.ts'
import type { NodeTree } from './node-tree.ts'
import { inPackage, moduleFolders } from './resolve-module.ts'
import { canStart } from './started-program.ts'
import { wantedPackages } from './wanted-packages.ts'

/** Folders of packages that were asked for and that no script can load: a command is all that they are there for. */
export function commandPackages(subject: Subject, tree: NodeTree): ReadonlySet<string> {
  const commands = wantedPackages(subject, tree).filter(
    ({ facts }) => facts.commands !== undefined && isCommandAlone(tree, facts) && !isWholeProgram(tree, facts),
  )
  return new Set(commands.map(({ facts }) => posix.dirname(facts.path)))
}

/** One of these packages beside it, or below it, has something that can be started, or loaded. */
export function bringsProgram(tree: NodeTree, own: NodePackage, variants: readonly string[]): boolean {
  const folders = moduleFolders(tree, own.path, 'require').flatMap((folder) =>
    variants.map((name) => `${tree.view.tree.resolve(posix.join(folder, name))?.path ?? posix.join(folder, name)}/`),
  )
  return [...tree.view.tree.elf.values()].some(
    ({ path, problem }) =>
      folders.some((folder) => path.startsWith(folder)) &&
      (posix.extname(path) === '' ? canStart(tree, path) : problem === undefined),
  )
}

/** Larger than what starts another program: written in JavaScript, it may do without its native part (@formatjs/cli). */
const MOST_LAUNCHER = 128 * 1024

function isWholeProgram(tree: NodeTree, { path, commands = {} }: NodePackage): boolean {
  return Object.values(commands).some((file) => {
    const found = tree.view.tree.resolve(posix.join(posix.dirname(path), file))
    return found !== undefined && found.size > MOST_LAUNCHER && !tree.view.tree.elf.has(found.path)
  })
}

/** Nothing is behind its name, or, for tools that ask for a `main`, the command itself (`bin/turbo`). */
function isCommandAlone(tree: NodeTree, { path, main, exports }: NodePackage): boolean {
  const folder = posix.dirname(path)
  const found = (['require', 'import'] as const).map((way) => inPackage(tree, folder, '', way))
  if (found.includes('unread')) return false
  const entries = found.filter((one) => typeof one === 'object')
  if (entries.length === 0) return main === undefined && !hasEntry(exports)
  return entries.every((one) => posix.extname(one.path) === '')
}

/** A file that got lost is no reason to take a library for a command. */
function hasEntry(exports: unknown): boolean {
  if (typeof exports !== 'object' || exports === null) return exports !== undefined
  return '.' in exports || !Object.keys(exports).every((key) => key.startsWith('./'))
}
