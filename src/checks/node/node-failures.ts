import type { Subject } from '../check.ts'
import { type RuntimeView, runtimeViews } from '../facts/runtime-view.ts'
import { commandsInVain, isCommandItself } from './commands-in-vain.ts'
import { entriesForNode } from './entries-for-node.ts'
import { loadModule, type ModuleLoad } from './evaluation/load-module.ts'
import { type Failure, type Gap, moduleOutcome, type Use } from './module-outcome.ts'
import { isNativeLack, isPromised } from './native-lack.ts'
import { type NodeRoot, nodeRoots } from './node-roots.ts'
import { type NodeTree, nodeTree } from './node-tree.ts'
import { placeholderCommands } from './placeholder-commands.ts'
import { loadsInVain } from './script-loaders.ts'
import { isUsedOtherwise } from './used-otherwise.ts'
import { variantCause } from './variant-cause.ts'

/** Why a root is of no use. */
export type RootFailure = {
  readonly root: NodeRoot
  readonly failure: Failure
  /** It can be loaded; the first call of what it exports fails, whichever it is. */
  readonly inUse?: true
  /** Of its commands none can be run, which are all that it is there for. */
  readonly inCommand?: true
}

/** What happens in one runtime when everything is loaded that is meant to be. */
export type NodeReport = {
  readonly view: RuntimeView
  readonly tree: NodeTree
  /** Roots that cannot be loaded, or not be used, each with its first cause. */
  readonly failures: readonly RootFailure[]
  /** Native files in the order in which they are met; `isNeeded`: a root fails without it. */
  readonly uses: readonly (Use & { readonly script: string; readonly root: NodeRoot })[]
  /** Native code that is looked for and is not there. */
  readonly gaps: readonly (Gap & { readonly root: NodeRoot })[]
  /** Roots whose scripts do more than is worth following. */
  readonly unfollowed: readonly NodeRoot[]
}

const known = new WeakMap<Subject, readonly NodeReport[]>()

/** One report per runtime that has Node.js. */
export function nodeReports(subject: Subject): readonly NodeReport[] {
  const reports =
    known.get(subject) ??
    runtimeViews(subject)
      .filter(hasNode)
      .map((view) => report(subject, view))
  known.set(subject, reports)
  return reports
}

/** A layer for Python may ship a node_modules folder for a tool: nobody loads it there. */
function hasNode({ runtime }: RuntimeView): boolean {
  return runtime === undefined || runtime.family === 'nodejs' || runtime.family === 'provided'
}

function report(subject: Subject, view: RuntimeView): NodeReport {
  const tree = nodeTree(view, subject.plan.architecture)
  const failures: RootFailure[] = []
  const uses: NodeReport['uses'][number][] = []
  const gaps: NodeReport['gaps'][number][] = []
  const unfollowed: NodeRoot[] = []
  const seen = new Map<string, boolean>()
  const roots = [...nodeRoots(subject, tree)]
  for (const root of roots) {
    const load = loadRoot(tree, root)
    roots.push(...entriesForNode(tree, root, load))
    const use = load.firstUse ?? loadsInVain(tree, root, load)
    const command = use === undefined ? commandsInVain(tree, root, load) : undefined
    const unusable = use !== undefined && (isNativeLack(tree, use) || isPromised(tree, use)) ? use : command
    const first = load.ends === 'undecided' ? moduleOutcome(tree, root.entry).failure : (load.failure ?? unusable)
    const failure = first && variantCause(tree, first, load.addons)
    if (failure !== undefined && !isUsedOtherwise(tree, root, failure))
      failures.push({
        root,
        failure,
        ...(first === unusable && { inUse: true }),
        ...(first === command && { inCommand: true }),
      })
    if (load.ends === 'unfollowed' && !isCommandItself(tree, root, load)) unfollowed.push(root)
    for (const { addon, script, line, isGuarded } of load.addons)
      uses.push({ addon, script, line, root, isLazy: false, isNeeded: addon.ok ? !isGuarded : isCause(addon, failure) })
    walk(root, load)
  }
  failures.push(...placeholderCommands(subject, tree))
  return { view, tree, failures, uses, gaps, unfollowed }

  /** Every module that is drawn in, with the need of the way to it. */
  function walk(root: NodeRoot, load: ModuleLoad): void {
    const isOpen = load.ends === 'undecided'
    // What was found out by following the scripts statement by statement is not guessed again.
    const open = [{ path: root.entry, calls: [] as readonly string[], isNeeded: true }]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { path, calls, isNeeded } = next
      const key = `${path} ${[...calls].sort().join(' ')}`
      const before = seen.get(key)
      if (before === true || (before === false && !isNeeded)) continue
      seen.set(key, isNeeded)
      const outcome = moduleOutcome(tree, path, calls)
      for (const use of outcome.uses)
        uses.push({ ...use, isNeeded: isOpen && use.isNeeded && isNeeded, script: path, root })
      for (const gap of outcome.gaps) gaps.push({ ...gap, isNeeded: isOpen && gap.isNeeded && isNeeded, root })
      for (const edge of outcome.edges) open.push({ ...edge, isNeeded: edge.isNeeded && isNeeded })
    }
  }
}

/**
 * A package that refuses `require` by itself, and lacks nothing, is meant for `import`. One that cannot be imported for want
 * of native code, and hands on to that what it is required for, is of no use either way (Vite 5).
 */
function loadRoot(tree: NodeTree, { entry, imported }: NodeRoot): ModuleLoad {
  const load = loadModule(tree, entry)
  if (imported === undefined) return load
  if (load.failure?.tried.length === 0) return loadModule(tree, imported)
  if (load.partUse === undefined || !isNativeLack(tree, load.partUse)) return load
  const { failure } = loadModule(tree, imported)
  return failure !== undefined && isNativeLack(tree, failure) ? { ...load, firstUse: load.partUse } : load
}

function isCause(addon: Use['addon'], failure: Failure | undefined): boolean {
  return !addon.ok && failure?.addon?.path === addon.path
}
