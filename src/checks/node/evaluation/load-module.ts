import type { Failure } from '../module-outcome.ts'
import { isNativeLack } from '../native-lack.ts'
import type { NodeTree } from '../node-tree.ts'
import { type FirstUse, firstUse } from './first-use.ts'
import { ownKeys } from './properties.ts'
import type { AddonLoad } from './script-host.ts'
import { ScriptRun } from './script-run.ts'
import { Died, Thing, Thrown, Undecided, type Value } from './values.ts'

/**
 * What comes of `require` or `import` of one module. `unfollowed`: it takes longer than is worth it; as far as it was
 * followed nothing fails. `firstUse`: it loads, and nothing of it can be used: why.
 */
export type ModuleLoad = FirstUse & {
  readonly ends: 'loads' | 'fails' | 'undecided' | 'unfollowed'
  /** What it fails of. */
  readonly failure?: Failure
  readonly reason?: string
  /** It ends the process by its own will. */
  readonly endsProcess?: true
  /** It exports the hooks by which Node.js loads modules, and nothing else. */
  readonly isLoader?: true
  /** It exports nothing. */
  readonly isEmpty?: true
  /** It uses a global that Node.js does not have: it is for browsers. */
  readonly isForBrowsers?: true
  /** It looked for native code in vain, and went on. */
  readonly looksForNative?: true
  readonly addons: readonly AddonLoad[]
}

/** Loads the script at `entry`, which is CommonJS or an ES module. Never throws. */
export function loadModule(tree: NodeTree, entry: string): ModuleLoad {
  if (!isKept(tree, entry)) return UNREAD
  const run = new ScriptRun(tree)
  const { all: addons } = run.natives
  try {
    const exports = run.start(entry)
    if (run.unheard !== undefined) return { ends: 'fails', failure: run.unheard, addons }
    const about = {
      ...(isLoader(exports) && { isLoader: true as const }),
      ...(isEmpty(exports) && { isEmpty: true as const }),
      ...(run.engine.absentGlobal !== undefined && { isForBrowsers: true as const }),
      ...(run.failed.failures.some((one) => isNativeLack(tree, one)) && { looksForNative: true as const }),
    }
    return { ends: 'loads', addons, ...about, ...firstUse(run, entry, exports) }
  } catch (error) {
    return ended(run, error)
  }
}

/** Runs a script as a program of its own, which is there to start others. Never throws. */
export function runCommand(tree: NodeTree, path: string): ModuleLoad {
  if (!isKept(tree, path)) return UNREAD
  const run = new ScriptRun(tree)
  run.isUsed = true
  try {
    run.start(path)
    return { ends: 'loads', addons: run.natives.all }
  } catch (error) {
    const lack = run.failed.failures.findLast((one) => isNativeLack(tree, one))
    // It says what is missing by itself, and ends.
    const givesUp = error instanceof Died && typeof error.cause === 'number' && error.cause !== 0
    return givesUp && lack !== undefined ? { ends: 'fails', failure: lack, addons: run.natives.all } : ended(run, error)
  }
}

const UNREAD: ModuleLoad = { ends: 'undecided', reason: 'its text is not kept', addons: [] }

function isKept(tree: NodeTree, entry: string): boolean {
  return tree.scriptAt(entry)?.source !== undefined || tree.fileAt(entry) === undefined || entry.endsWith('.node')
}

function ended(run: ScriptRun, error: unknown): ModuleLoad {
  const { all: addons } = run.natives
  if (error instanceof Undecided) return { ends: 'unfollowed', reason: error.reason, addons }
  if (error instanceof RangeError) return { ends: 'unfollowed', reason: 'it is nested too deeply', addons }
  if (error instanceof Died) {
    const failure = error.cause as Failure | undefined
    return failure !== null && typeof failure === 'object' && 'tried' in failure
      ? { ends: 'fails', failure, addons }
      : { ends: 'unfollowed', reason: 'it ends the process', endsProcess: true, addons }
  }
  if (!(error instanceof Thrown)) throw error
  const failure = causeOf(run, error)
  // It is rather our ignorance that throws, unless something native was missing before.
  if (failure === undefined) return { ends: 'unfollowed', reason: words(error), addons }
  return { ends: 'fails', failure, addons }
}

function isEmpty(exports: Value): boolean {
  return exports instanceof Thing && exports.call === undefined && !exports.opaque && ownKeys(exports).length === 0
}

const HOOKS = new Set(['initialize', 'resolve', 'load', 'globalPreload'])

function isLoader(exports: Value): boolean {
  const names = exports instanceof Thing ? ownKeys(exports) : []
  return names.includes('load') && names.every((name) => HOOKS.has(name))
}

/** Of an error that a script made itself: what it had tried in vain. */
function causeOf(run: ScriptRun, thrown: Thrown): Failure | undefined {
  const { value, path, at, soft } = thrown
  if (value instanceof Thing && value.cause !== undefined) return value.cause as Failure
  const tried = run.failed.failures.filter((one) => !soft || run.failed.isGrave(one, path)).slice(-12)
  const nearest = tried.findLast(({ addon }) => addon !== undefined) ?? tried.at(-1)
  if (nearest !== undefined)
    return {
      ...nearest,
      tried: [...new Set(tried.filter((one) => one.script === nearest.script).flatMap((one) => one.tried))],
    }
  if (soft) return undefined
  const line = run.failed.lineOf(path, at)
  // What is asked of the system (`/etc/alpine-release`) is no place of native code.
  const probes = run.probes.filter((path) => path.includes('/node_modules/') || path.endsWith('.node')).slice(-3)
  return {
    script: path,
    line,
    load: { kind: 'require', argument: probes[0] ?? '', line },
    tried: probes,
    ...(probes.length === 0 && { says: words(thrown) }),
  }
}

function words({ value }: Thrown): string {
  const message = value instanceof Thing ? value.properties.get('message')?.value : undefined
  return typeof message === 'string' ? message : 'it throws something'
}
