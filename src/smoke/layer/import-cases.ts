import { loadCase } from '../../checks/facts/load-case.ts'
import type { SmokeCase, SmokeReport } from '../../report/report.ts'
import { logTail } from '../disclosure.ts'
import { type ImportResult, importResults, isStarved } from './import-results.ts'

/** What may fail beside packages that load: it is passed over, with its error. */
export type Bystanders = {
  /** Who requires a package that only came along: all of those must load. */
  readonly dependents?: ReadonlyMap<string, readonly string[]>
  /** What a package with several modules is known by: it must load, and the other fail for what it is not installed for. */
  readonly mains?: ReadonlyMap<string, string>
  /** Packages that have commands: some are no more than that, and end the process that loads them. */
  readonly programs?: ReadonlySet<string>
}

/** What only browsers have. */
const OF_BROWSERS = new Set([
  'document',
  'window',
  'navigator',
  'self',
  'location',
  'HTMLElement',
  'DOMMatrix',
  'Path2D',
])

/** Something is missing or broken: a command that says its version may still run. */
const OF_FILES = /Cannot find (?:module|package)|shared object|ELF|binding|native|binary|could not (?:load|be found)/i

/** A package whose entry does nothing but throw, at the beginning of a line: its parts are what is required (@noble/hashes). */
function refusesAll(name: string, log: string): boolean {
  const [, file = ''] = /^(?:file:\/\/)?(\/\S+):\d+\n(?:'use strict';\s*)?throw new \w*Error\(/m.exec(log) ?? []
  return /^[^/]+$/.test(file.split(`/node_modules/${name}/`)[1] ?? '')
}

/** The report with one case for each package instead of the one invocation that loaded all; as it is when that one failed. */
export function importCases(
  report: SmokeReport,
  verb: 'import' | 'require' | 'load',
  bystanders: Bystanders = {},
): SmokeReport {
  const [one] = report.cases
  const results = importResults(one)
  if (results === undefined) return report
  const excuses = excused(results, bystanders)
  const memory = report.constraints['memory-size']?.value
  const told = results.map((result) => withMemory(result, memory))
  const cases = told.map((result) => importCase(result, verb, excuses.get(result.name)))
  const failed = cases.filter(({ status }) => status === 'failed').length
  if (failed === 0 && cases.length > 0 && cases.every(({ status }) => status === 'skipped'))
    return { ...report, status: 'skipped', reason: 'none of its packages is there to be loaded by its name', cases }
  if (failed === 0) return { ...report, cases }
  return {
    ...report,
    status: 'failed',
    reason: `${failed} of ${cases.length} ${verb === 'load' ? 'jars' : 'packages'} cannot be loaded`,
    cases,
  }
}

/** Of a namespace (`google.cloud`), which no file makes, Python says it in other words. */
function lackedModule(log: string): string | undefined {
  const [, name, namespace] = /cannot import name '(\w+)' from '([\w.]+)' \(unknown location\)/.exec(log) ?? []
  return /No module named '([\w.]+)/.exec(log)?.[1] ?? (name === undefined ? undefined : `${namespace}.${name}`)
}

/** Nobody else sends this signal there, and the process cannot say itself what ended it. */
function withMemory({ error, ...result }: ImportResult, memory: string | undefined): ImportResult {
  if (error === undefined) return result
  const had = result.memorySize === undefined ? memory : `${result.memorySize} MB`
  const why = `, for want of memory most of the time: it had ${had} (\`memory-size\`)`
  return {
    ...result,
    error:
      isStarved({ ...result, error }) && had !== undefined ? { ...error, message: `${error.message}${why}` } : error,
  }
}

function importCase(
  { name, millis, loaded: what, memorySize, error }: ImportResult,
  verb: 'import' | 'require' | 'load',
  excused: string | undefined,
): SmokeCase {
  const named = {
    name: loadCase(verb, name),
    millis,
    ...(memorySize === undefined ? {} : { memorySize }),
    ...(what === undefined ? {} : { response: what }),
  }
  if (error === undefined) return { ...named, status: 'passed' }
  const { type, message, log } = error
  if (excused === undefined) return { ...named, status: 'failed', error: { type, message }, logTail: logTail(log) }
  return { ...named, status: 'skipped', error: { type, message: `${message} (${excused})` }, logTail: logTail(log) }
}

/** Why failures are nobody's concern, by the package: also those of what nobody but such a package requires. */
function excused(
  results: readonly ImportResult[],
  { dependents, mains, programs }: Bystanders,
): ReadonlyMap<string, string> {
  const tried = new Set(results.map(({ name }) => name))
  const loaded = new Set(results.filter(({ error }) => error === undefined).map(({ name }) => name))
  const excuses = new Map<string, string>()
  for (let before = -1; before < excuses.size; ) {
    before = excuses.size
    for (const { name, error } of results) {
      if (error === undefined || excuses.has(name)) continue
      const because =
        byDependents(dependents?.get(name) ?? []) ?? byMain(name, mains?.get(name), error.log) ?? byKind(name, error)
      if (because !== undefined) excuses.set(name, because)
    }
  }
  return excuses

  function byDependents(requiredBy: readonly string[]): string | undefined {
    if (requiredBy.length === 0 || !requiredBy.every((by) => loaded.has(by) || excuses.has(by))) return undefined
    const [require, are] = requiredBy.length === 1 ? ['requires', 'is'] : ['require', 'are']
    const how = requiredBy.every((by) => loaded.has(by)) ? 'can be loaded' : `${are} loaded or passed over too`
    return `nobody asked for it, and ${requiredBy.slice(0, 3).join(', ')}, which ${require} it, ${how}`
  }

  function byKind(name: string, error: NonNullable<ImportResult['error']>): string | undefined {
    const { type, message, log } = error
    if (refusesAll(name, log)) return 'its entry refuses whoever loads it: it is there to be required by its parts'
    if (error.runsAsCommand === true && !OF_FILES.test(message)) return 'a command, which runs'
    if (programs?.has(name) === true && error.endedItself === true)
      return 'a program, which ends the process that loads it'
    const [, lacked = ''] = /^(\w+) is not defined$/.exec(message) ?? []
    return type === 'ReferenceError' && OF_BROWSERS.has(lacked) ? 'made for browsers, which have that' : undefined
  }

  function byMain(name: string, main: string | undefined, log: string): string | undefined {
    if (main === undefined || !loaded.has(main)) return undefined
    if (name.startsWith('_')) return `a part of the package of ${main}, which can be loaded`
    const lacked = lackedModule(log)
    if (lacked === undefined || [...tried].some((one) => `${lacked}.`.startsWith(`${one}.`))) return undefined
    return `a part of the package of ${main}, which can be loaded; this one is for those who install ${lacked} too`
  }
}
