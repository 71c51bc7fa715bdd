import { posix } from 'node:path'
import type { Failure } from '../module-outcome.ts'
import { packageFolderOf } from '../resolve-module.ts'
import { callFunction, construct } from './calls.ts'
import { get } from './natives.ts'
import { ownKeys } from './properties.ts'
import type { ScriptRun } from './script-run.ts'
import { Died, Thing, Thrown, Undecided, type Value } from './values.ts'

const MOST_FUNCTIONS = 24
/** Of one function. */
const MOST_STEPS = 50_000

/**
 * Why nothing that the module exports can be used: it loads well, and the first call fails for want of native code. What
 * it exports is called without arguments, on paper: once when it is a function or a class, else each function of it.
 * `undefined`: something of it can be used, or nobody can tell.
 */
export function firstUse(run: ScriptRun, entry: string, exports: Value): Failure | undefined {
  run.isUsed = true
  const value = isCallable(exports) ? exports : (defaultOf(run, exports) ?? exports)
  const program = absentProgram(run, entry, value)
  if (program !== undefined) return program
  if (isCallable(value)) return called(run, value).failure
  if (!(value instanceof Thing)) return undefined
  const outcomes = ownKeys(value)
    .filter((name) => !name.startsWith('_') && name !== 'default')
    .map((name) => quietly(() => get(run.engine, value, name)))
    .filter(isCallable)
    .slice(0, MOST_FUNCTIONS)
    .map((one) => called(run, one))
  const failures = outcomes.flatMap(({ failure }) => failure ?? [])
  const good = outcomes.filter(({ ends }) => ends)
  return failures.length > good.length ? failures[0] : undefined
}

function isCallable(value: Value): value is Thing {
  return value instanceof Thing && value.call !== undefined && !('native' in value.call)
}

function defaultOf({ engine }: ScriptRun, exports: Value): Value {
  if (!(exports instanceof Thing) || !exports.properties.has('default')) return undefined
  const value = quietly(() => get(engine, exports, 'default'))
  return isCallable(value) || (value instanceof Thing && ownKeys(value).length > 0) ? value : undefined
}

/** A package of a program says where it is: a path below its own folder, where nothing is. */
function absentProgram({ tree }: ScriptRun, entry: string, value: Value): Failure | undefined {
  const named = value instanceof Thing ? [value.properties.get('path')?.value] : [value]
  const folder = packageFolderOf(tree, entry)
  const path = named.find((one) => typeof one === 'string')
  if (folder === undefined || path === undefined || !path.startsWith(`${folder}/`)) return undefined
  if (tree.fileAt(path) !== undefined || tree.isFolder(path)) return undefined
  const tried = `./${posix.relative(posix.dirname(entry), path)}`
  return {
    script: entry,
    line: 0,
    load: { kind: 'require', argument: tried, line: 0 },
    tried: [tried],
    isProgram: true,
  }
}

type Called = { readonly failure?: Failure; readonly ends: boolean }

function called(run: ScriptRun, value: Thing): Called {
  const { engine } = run
  const before = { limit: engine.limit, path: engine.path, at: engine.at, calls: engine.calls, guards: engine.guards }
  const seen = run.failed.failures.length
  const probed = run.probes.length
  engine.limit = Math.min(engine.mostSteps, engine.steps + MOST_STEPS)
  try {
    const made = isClass(value) ? construct(engine, value, []) : callFunction(engine, value, undefined, [])
    if (made instanceof Thing && typeof made.promise === 'object' && made.promise.kind === 'failed')
      return { ends: false, ...failureOf(made.promise.reason) }
    return { ends: true }
  } catch (error) {
    if (error instanceof Died) return { ends: false }
    if (error instanceof Thrown) return { ends: false, ...failureOf(error.value, error) }
    if (error instanceof Undecided || error instanceof RangeError) return { ends: true }
    throw error
  } finally {
    Object.assign(engine, before)
  }

  /** The loader's own error, or what a script says after the loader had refused, or after it had looked for addons in vain. */
  function failureOf(reason: Value, thrown?: Thrown): { readonly failure?: Failure } {
    const caused = reason instanceof Thing ? (reason.cause as Failure | undefined) : undefined
    const failure = caused ?? run.failed.failures.slice(seen).at(-1) ?? notFound(reason, thrown)
    return failure === undefined ? {} : { failure }
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

/** What is meant to be constructed: written as a class, or with methods of its instances. */
function isClass({ call, properties }: Thing): boolean {
  if (call === undefined || 'native' in call) return false
  if (call.fields !== undefined) return true
  const prototype = properties.get('prototype')?.value
  return prototype instanceof Thing && prototype.properties.size > 1
}

function quietly(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof Thrown || error instanceof Undecided || error instanceof Died) return undefined
    throw error
  }
}
