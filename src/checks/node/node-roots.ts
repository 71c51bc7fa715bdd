import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { Subject } from '../check.ts'
import { handlerArgument } from '../facts/handler-argument.ts'
import { HANDLER_FILES } from '../facts/handler-files.ts'
import { neverHadEntry, unnamedEntry } from './lost-entry.ts'
import { withoutManifest } from './lost-manifest.ts'
import type { NodeTree } from './node-tree.ts'
import { exportTarget, inPackage } from './resolve-module.ts'
import { wantedPackages } from './wanted-packages.ts'

/** Something that is meant to be loaded: a package that was installed for its own sake, or the handler. */
export type NodeRoot = {
  /** Name of the package, or path of the handler's file. */
  readonly name: string
  /** File that `require(name)` loads. */
  readonly entry: string
  /** The other file, that `import` loads. */
  readonly imported?: string
  readonly folder?: string
  readonly facts?: NodePackage
}

const known = new WeakMap<NodeTree, readonly NodeRoot[]>()

export function nodeRoots(subject: Subject, tree: NodeTree): readonly NodeRoot[] {
  const roots = known.get(tree) ?? [
    ...packageRoots(subject, tree),
    ...withoutManifest(subject, tree),
    ...handlerRoots(subject, tree),
  ]
  known.set(tree, roots)
  return roots
}

function packageRoots(subject: Subject, tree: NodeTree): readonly NodeRoot[] {
  return wantedPackages(subject, tree).flatMap(({ name, facts }) => {
    const folder = posix.dirname(facts.path)
    return waysIn(facts).flatMap((way): readonly NodeRoot[] => {
      const required = inPackage(tree, folder, way, 'require')
      const imported = inPackage(tree, folder, way, 'import')
      const found = required ?? imported
      const lost = way === '' && typeof required !== 'object' ? withoutEntry(tree, name, folder, facts) : []
      if (lost.length > 0 || typeof found !== 'object') return lost
      const other = typeof imported === 'object' && imported.path !== found.path ? imported.path : undefined
      return [{ name: name + way, entry: found.path, ...(other && { imported: other }), folder, facts }]
    })
  })
}

/**
 * What `require` loads by its package.json is not there: the addon itself, which its install script would have compiled, or a
 * script that got lost.
 */
function withoutEntry(tree: NodeTree, name: string, folder: string, facts: NodePackage): readonly NodeRoot[] {
  const { main, exports } = facts
  const target = exports === undefined ? (main ?? unnamedEntry(tree, folder, facts)) : requiredOf(tree, folder, exports)
  if (target === undefined || neverHadEntry(tree, folder, facts, target)) return []
  const isAddon = exports === undefined && /(?:^|\/)(?:Release|Debug)\/[^/]+$|\.node$/.test(target)
  if (!isAddon && !/(?:^|\/)[^./]+$|\.[cm]?js$/.test(target)) return []
  const file = isAddon ? target.replace(/(?:\.node)?$/, '.node') : target
  return [{ name, entry: posix.join(folder, file), folder, facts }]
}

/** What is for `import` alone may be refused by `require`. */
function requiredOf(tree: NodeTree, folder: string, exports: unknown): string | undefined {
  return (['require', 'import'] as const)
    .map((way) => exportTarget(exports, '.', way))
    .find((target) => target !== undefined && tree.fileAt(posix.join(folder, target)) === undefined)
}

/** What the package is asked for by: its name, and `name/node` where it keeps a part of itself for Node.js. */
function waysIn({ exports }: NodePackage): readonly string[] {
  return typeof exports === 'object' && exports !== null && './node' in exports ? ['', '/node'] : ['']
}

function handlerRoots(subject: Subject, tree: NodeTree): readonly NodeRoot[] {
  if (subject.plan.kind !== 'image') return []
  const argument = handlerArgument(subject)
  if (argument === undefined || 'unknown' in argument || argument.family !== 'nodejs' || argument.handler === undefined)
    return []
  const folder = subject.artifact.image?.workingDirectory || '/var/task'
  const files = HANDLER_FILES.nodejs?.(argument.handler, folder)
  const entry = files?.tried.map((path) => tree.fileAt(path)).find((path) => path !== undefined)
  return entry === undefined ? [] : [{ name: entry, entry }]
}
