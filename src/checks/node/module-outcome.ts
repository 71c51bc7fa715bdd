import type { NodeScript, ScriptLoad } from '../../inspect/node/node-file.ts'
import { type AddonOutcome, loadAddon } from './addon.ts'
import { type Candidate, meaningOf } from './candidates.ts'
import type { NodeTree } from './node-tree.ts'

/** Why a module cannot be loaded: of what was tried, what came nearest. */
export type Failure = {
  /** The script that gives up, and where. */
  readonly script: string
  readonly line: number
  readonly load: ScriptLoad
  /** What it looked for. */
  readonly tried: readonly string[]
  /** A file that is there and cannot be loaded; absent: nothing is there. */
  readonly addon?: AddonOutcome & { readonly ok: false }
  /** What is missing is a program that the package exports the path of. */
  readonly isProgram?: true
  /** Nothing was looked for in vain: the error that a script throws by itself. */
  readonly says?: string
}

export type Use = {
  readonly addon: AddonOutcome
  readonly line: number
  readonly isNeeded: boolean
  readonly isLazy: boolean
}
export type Gap = { readonly failure: Failure; readonly isNeeded: boolean; readonly isLazy: boolean }
export type Edge = { readonly path: string; readonly calls: readonly string[]; readonly isNeeded: boolean }

/** What loading one module does: what fails, what it draws in. */
export type ModuleOutcome = {
  readonly failure?: Failure
  readonly uses: readonly Use[]
  readonly gaps: readonly Gap[]
  readonly edges: readonly Edge[]
}

const NOTHING: ModuleOutcome = { uses: [], gaps: [], edges: [] }
const known = new WeakMap<NodeTree, Map<string, ModuleOutcome>>()

/** `calls`: functions of the module that the one who loads it calls at once. */
export function moduleOutcome(tree: NodeTree, path: string, calls: readonly string[] = []): ModuleOutcome {
  const outcomes = known.get(tree) ?? new Map<string, ModuleOutcome>()
  known.set(tree, outcomes)
  const key = `${path} ${[...calls].sort().join(' ')}`
  const before = outcomes.get(key)
  if (before !== undefined) return before
  // Modules that load each other get what is there so far, as in Node.js.
  outcomes.set(key, NOTHING)
  const outcome = path.endsWith('.node') ? addonModule(tree, path) : scriptOutcome(tree, path, calls)
  outcomes.set(key, outcome)
  return outcome
}

function addonModule(tree: NodeTree, path: string): ModuleOutcome {
  const addon = loadAddon(tree, path)
  const load: ScriptLoad = { kind: 'require', argument: path, line: 0 }
  const uses = [{ addon, line: 0, isNeeded: true, isLazy: false }]
  if (addon.ok) return { ...NOTHING, uses }
  return { ...NOTHING, uses, failure: { script: path, line: 0, load, tried: [path], addon } }
}

type Attempt = {
  readonly load: ScriptLoad
  readonly candidate: Candidate
  readonly failure?: Failure
  readonly addon?: AddonOutcome
  readonly edge?: string
}

function scriptOutcome(tree: NodeTree, path: string, calls: readonly string[]): ModuleOutcome {
  const script = tree.scriptAt(path)
  if (script === undefined) return NOTHING
  const uses: Use[] = []
  const gaps: Gap[] = []
  const edges: Edge[] = []
  const group: Attempt[] = []
  let failure: Failure | undefined
  let hasFallback = false

  for (const load of script.loads) {
    const isLazy = load.lazy !== undefined && !load.lazy.some((name) => calls.includes(name))
    const meaning = meaningOf(tree, script, load)
    if (meaning.kind === 'module') {
      if (load.alternative && !isLazy)
        hasFallback ||= moduleOutcome(tree, meaning.path, load.calls).failure === undefined
      if (isLazy) {
        edges.push({ path: meaning.path, calls: load.calls ?? [], isNeeded: false })
        continue
      }
      const inner = moduleOutcome(tree, meaning.path, load.calls)
      const isNeeded = load.guard !== 'any' && !load.alternative
      edges.push({ path: meaning.path, calls: load.calls ?? [], isNeeded })
      if (inner.failure !== undefined && isNeeded && !swallows(load, inner.failure)) failure ??= inner.failure
      if (inner.failure !== undefined && !isNeeded && script.throws && isNativeName(load.argument))
        group.push({ load, candidate: { name: load.argument }, failure: inner.failure })
      continue
    }
    if (meaning.kind !== 'native') continue
    const attempts = meaning.candidates.map((candidate) => attempt(tree, script, load, candidate))
    const isAlone = load.guard === undefined && !load.alternative && !load.conditional && !isLazy
    if (isLazy) note(attempts, false, true)
    else if (isAlone) {
      note(attempts, true, false)
      if (attempts.every((one) => one.failure !== undefined)) failure ??= attempts[0]?.failure
    } else group.push(...attempts)
  }
  settle()
  return { ...(failure && { failure }), uses, gaps, edges }

  /** Of several that are tried one is enough; without it the script gives up or goes on. */
  function settle(): void {
    if (group.length === 0) return
    const isNeeded = (script?.throws === true || group.some(({ load }) => load.guard !== 'any')) && !hasFallback
    const good = group.find((one) => one.failure === undefined)
    if (good !== undefined) {
      note([good], isNeeded, false)
      return
    }
    note(group, isNeeded, false)
    const nearest = group.find((one) => one.addon !== undefined) ?? group[0]
    if (isNeeded && nearest?.failure !== undefined)
      failure ??= { ...nearest.failure, tried: [...new Set(group.map(({ candidate }) => candidate.name))] }
  }

  function note(attempts: readonly Attempt[], isNeeded: boolean, isLazy: boolean): void {
    for (const { addon, load, edge } of attempts) {
      if (addon !== undefined) uses.push({ addon, line: load.line, isNeeded, isLazy })
      if (edge !== undefined) edges.push({ path: edge, calls: [], isNeeded: isNeeded && !isLazy })
    }
    const missing = attempts.filter((one) => one.failure !== undefined && one.addon === undefined)
    const [first] = missing
    if (first?.failure !== undefined && missing.length === attempts.length)
      gaps.push({
        failure: { ...first.failure, tried: [...new Set(missing.map(({ candidate }) => candidate.name))] },
        isNeeded,
        isLazy,
      })
  }
}

function attempt(tree: NodeTree, script: NodeScript, load: ScriptLoad, candidate: Candidate): Attempt {
  const failed = { script: script.path, line: load.line, load, tried: [candidate.name] }
  if (candidate.path === undefined) return { load, candidate, failure: failed }
  if (!/\.(?:node|so)$/.test(candidate.path)) {
    const inner = moduleOutcome(tree, candidate.path, load.calls)
    return { load, candidate, edge: candidate.path, ...(inner.failure && { failure: inner.failure }) }
  }
  const addon = loadAddon(tree, candidate.path)
  return { load, candidate, addon, ...(addon.ok ? {} : { failure: { ...failed, addon } }) }
}

/** A `catch` that lets only other errors through. */
function swallows({ guard }: ScriptLoad, { addon }: Failure): boolean {
  return guard === 'any' || (guard === 'missing' && addon === undefined)
}

function isNativeName(argument: string): boolean {
  return /binding|native|\.node$|addon/i.test(argument)
}
