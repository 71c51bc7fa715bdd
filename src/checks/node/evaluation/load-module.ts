import type { Failure } from '../module-outcome.ts'
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
  /** It exports the hooks by which Node.js loads modules, and nothing else. */
  readonly isLoader?: true
  readonly addons: readonly AddonLoad[]
}

/** Loads the script at `entry`, which is CommonJS or an ES module. Never throws. */
export function loadModule(tree: NodeTree, entry: string): ModuleLoad {
  const isKept = tree.scriptAt(entry)?.source !== undefined || tree.fileAt(entry) === undefined
  if (!isKept && !entry.endsWith('.node')) return { ends: 'undecided', reason: 'its text is not kept', addons: [] }
  const run = new ScriptRun(tree)
  const { all: addons } = run.natives
  try {
    const exports = run.start(entry)
    if (run.unheard !== undefined) return { ends: 'fails', failure: run.unheard, addons }
    return { ends: 'loads', addons, ...(isLoader(exports) && { isLoader: true }), ...firstUse(run, entry, exports) }
  } catch (error) {
    if (error instanceof Undecided) return { ends: 'unfollowed', reason: error.reason, addons }
    if (error instanceof RangeError) return { ends: 'unfollowed', reason: 'it is nested too deeply', addons }
    if (error instanceof Died) {
      const failure = error.cause as Failure | undefined
      return failure !== null && typeof failure === 'object' && 'tried' in failure
        ? { ends: 'fails', failure, addons }
        : { ends: 'unfollowed', reason: 'it ends the process', addons }
    }
    if (!(error instanceof Thrown)) throw error
    const failure = causeOf(run, error)
    // It is rather our ignorance that throws, unless something native was missing before.
    if (failure === undefined) return { ends: 'unfollowed', reason: words(error), addons }
    return { ends: 'fails', failure, addons }
  }
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
  const probes = run.probes.slice(-3)
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
