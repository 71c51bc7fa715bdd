import { posix } from 'node:path'
import type { Failure } from '../module-outcome.ts'
import { isNativeLack } from '../native-lack.ts'
import type { NodeTree } from '../node-tree.ts'
import { packageFolderOf } from '../resolve-module.ts'
import { canStart } from '../started-program.ts'
import { callFunction, construct } from './calls.ts'
import { methodsOf } from './methods.ts'
import { get } from './natives.ts'
import { stateOf } from './promises.ts'
import { ownKeys } from './properties.ts'
import { ScriptRun } from './script-run.ts'
import { Died, Thing, Thrown, Undecided, type Value } from './values.ts'

const MOST_FUNCTIONS = 24
/** Of one function. */
const MOST_STEPS = 50_000

/** `partUse`: the lesser part of what it exports fails, of this. */
export type FirstUse = { readonly firstUse?: Failure; readonly partUse?: Failure }

/**
 * Why nothing that the module exports can be used: it loads well, and the first call fails for want of native code. What
 * it exports is called without arguments, on paper: once when it is a function or a class, else each function of it.
 * Nothing: it can be used, or nobody can tell.
 */
export function firstUse(run: ScriptRun, entry: string, exports: Value): FirstUse {
  const lack = run.failed.failures.findLast((failure) => isNativeLack(run.tree, failure))
  const uses = usesOf(run, entry, exports)
  if ('tried' in uses) return { firstUse: uses }
  const failures = uses.flatMap(({ failure }) => failure ?? [])
  const good = uses.filter(({ ends }) => ends).length
  const [failure] = failures
  if (failure !== undefined && (failures.length > good || mostFail(uses))) return { firstUse: failure }
  const part = failure === undefined ? {} : { partUse: failure }
  const refusals = uses.filter(({ refuses }) => refuses)
  if (lack === undefined || failures.length + refusals.length <= good) return part
  const able = usesWithNative(run.tree, entry)
  const caused = refusals.filter(({ name }) => able.has(name))
  return failures.length + caused.length > good ? { firstUse: lack } : part
}

/** Most functions, beside classes that hold values and do nothing by themselves (sass-embedded). */
function mostFail(uses: readonly Use[]): boolean {
  const functions = uses.filter(({ isClass }) => !isClass)
  const failing = functions.filter(({ failure }) => failure !== undefined).length
  return failing > 1 && failing > functions.filter(({ ends }) => ends).length
}

type Use = Called & { readonly name: string; readonly isClass: boolean }

/** What is called of the exports, or why all of them are in vain. */
function usesOf(run: ScriptRun, entry: string, exports: Value): readonly Use[] | Failure {
  run.isUsed = true
  const value = isCallable(exports) ? exports : (defaultOf(run, exports) ?? exports)
  const program = absentProgram(run, entry, value)
  if (program !== undefined) return program
  if (isCallable(value)) return [{ name: '', isClass: isClass(value), ...called(run, value) }]
  if (!(value instanceof Thing)) return []
  return ownKeys(value)
    .filter((name) => !name.startsWith('_') && name !== 'default')
    .map((name) => ({ name, one: quietly(() => get(run.engine, value, name)) }))
    .flatMap(({ name, one }) => (isCallable(one) ? [{ name, one }] : []))
    .slice(0, MOST_FUNCTIONS)
    .map(({ name, one }) => ({ name, isClass: isClass(one), ...called(run, one) }))
}

/**
 * Names of what could be called if the native code that was looked for in vain were there: what throws without it alone
 * comes to grief for want of it, and not of what it was called with.
 */
function usesWithNative(tree: NodeTree, entry: string): ReadonlySet<string> {
  const run = new ScriptRun(tree, 'as if all native code were there')
  const uses = quietly(() => {
    const found = usesOf(run, entry, run.start(entry))
    return 'tried' in found ? [] : found
  })
  return new Set((uses ?? []).filter(({ ends }) => ends).map(({ name }) => name))
}

function isCallable(value: Value): value is Thing {
  return value instanceof Thing && value.call !== undefined && !('native' in value.call)
}

function defaultOf({ engine }: ScriptRun, exports: Value): Value {
  if (!(exports instanceof Thing) || !exports.properties.has('default')) return undefined
  const value = quietly(() => get(engine, exports, 'default'))
  return isCallable(value) || (value instanceof Thing && ownKeys(value).length > 0) ? value : undefined
}

/** A package of a program says where it is: a path below its own folder, where nothing is, or a file that nobody can start. */
function absentProgram({ tree }: ScriptRun, entry: string, value: Value): Failure | undefined {
  const named = value instanceof Thing ? [value.properties.get('path')?.value] : [value]
  const folder = packageFolderOf(tree, entry)
  const path = named.find((one) => typeof one === 'string')
  if (folder === undefined || path === undefined) return undefined
  const isThere = tree.fileAt(path) !== undefined || tree.isFolder(path)
  if (isThere ? !isUnfitProgram(tree, path) : !path.startsWith(`${folder}/`)) return undefined
  const tried = isThere ? path : `./${posix.relative(posix.dirname(entry), path)}`
  return {
    script: entry,
    line: 0,
    load: { kind: 'require', argument: tried, line: 0 },
    tried: [tried],
    isProgram: true,
  }
}

/** What is ELF and no library: whose mode, say, an install script would have set. */
function isUnfitProgram(tree: NodeTree, path: string): boolean {
  const isProgram = path.includes('/node_modules/') && tree.view.tree.elf.has(path) && posix.extname(path) === ''
  return isProgram && !canStart(tree, path)
}

/** `refuses`: it throws, and nothing was looked for in vain. */
type Called = { readonly failure?: Failure; readonly ends: boolean; readonly refuses?: true }

function called(run: ScriptRun, value: Thing, self?: Thing): Called {
  const { engine } = run
  const before = { limit: engine.limit, path: engine.path, at: engine.at, calls: engine.calls, guards: engine.guards }
  const seen = run.failed.failures.length
  const probed = run.probes.length
  engine.limit = Math.min(engine.mostSteps, engine.steps + MOST_STEPS)
  try {
    const isMade = self === undefined && isClass(value)
    const made = isMade ? construct(engine, value, []) : callFunction(engine, value, self, [])
    const unusable = isMade && made instanceof Thing ? unusableMethods(run, made) : undefined
    if (unusable !== undefined) return { ends: false, failure: unusable }
    const state = made instanceof Thing && made.promise !== undefined ? stateOf(made) : undefined
    return state?.kind === 'failed' ? { ends: false, ...failureOf(state.reason) } : { ends: true }
  } catch (error) {
    // Killed by what it loads: nothing could catch that. By its own will it says nothing.
    if (error instanceof Died) return { ends: false, ...killedBy(error.cause) }
    if (error instanceof Thrown) return { ends: false, ...failureOf(error.value, error) }
    if (error instanceof Undecided || error instanceof RangeError) return { ends: true }
    throw error
  } finally {
    Object.assign(engine, before)
  }

  /** The loader's own error, or what a script says after the loader had refused, or after it had looked for addons in vain. */
  function failureOf(reason: Value, thrown?: Thrown): Pick<Called, 'failure' | 'refuses'> {
    const caused = reason instanceof Thing ? (reason.cause as Failure | undefined) : undefined
    const looked = run.failed.failures.slice(seen)
    // What is looked for after it, for other platforms, is for the words of the error (@sentry/cli).
    const native = looked.findLast((one) => isNativeLack(run.tree, one))
    const failure = caused ?? native ?? looked.at(-1) ?? notFound(reason, thrown)
    if (failure !== undefined) return { failure }
    return thrown?.soft === true || (reason instanceof Thing && reason.isSoft) ? {} : { refuses: true }
  }

  function notFound(reason: Value, thrown?: Thrown): Failure | undefined {
    const tried = run.probes.slice(probed).filter((path) => path.endsWith('.node'))
    const [argument] = tried
    if (argument === undefined || thrown?.soft === true || !(reason instanceof Thing) || reason.isSoft === true)
      return undefined
    const script = thrown?.path ?? engine.path
    const line = run.failed.lineOf(script, thrown?.at)
    return { script, line, load: { kind: 'require', argument, line }, tried: tried.slice(0, 3) }
  }
}

function killedBy(cause: unknown): Pick<Called, 'failure'> {
  return cause !== null && typeof cause === 'object' && 'tried' in cause ? { failure: cause as Failure } : {}
}

/** Why most methods of an instance fail, which could be made well. */
function unusableMethods(run: ScriptRun, made: Thing): Failure | undefined {
  const uses = methodsOf(made)
    .slice(0, MOST_FUNCTIONS)
    .map((method) => called(run, method, made))
  const failures = uses.flatMap(({ failure }) => failure ?? [])
  return failures.length > uses.filter(({ ends }) => ends).length ? failures[0] : undefined
}

/** What is meant to be constructed: written as a class, or with methods of its instances. */
function isClass({ call, properties }: Thing): boolean {
  if (call === undefined || 'native' in call) return false
  if (call.fields !== undefined) return true
  const prototype = properties.get('prototype')?.value
  return prototype instanceof Thing && prototype.properties.size > 1
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Thrown || error instanceof Undecided || error instanceof Died) return undefined
    if (error instanceof RangeError) return undefined
    throw error
  }
}
