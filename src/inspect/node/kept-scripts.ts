import { detached } from '../detached.ts'
import { lostScripts } from './lost-scripts.ts'
import { missingModules } from './missing-modules.ts'
import type { NamedModules } from './named-modules.ts'
import { folderFinder, loadsNative, nativePackages } from './native-packages.ts'
import type { NodePackage, NodeScript } from './node-file.ts'
import { scriptClosure } from './script-closure.ts'
import { type GraphScript, reachingNative } from './script-graph.ts'
import { scriptLoads } from './script-loads.ts'
import { type ScriptSource, SMALL_SCRIPT } from './script-source.ts'

const MOST_BUNDLES = 4 * 1024 * 1024
/** Of the texts that are kept. */
const MOST_TEXT = 16 * 1024 * 1024
const NOTHING: NamedModules = { names: new Set(), computedAt: [] }

/**
 * What is worth keeping of all scripts: those from which native code is reached, or something that is missing, though a text is
 * in its place (`placeholders`). Packages of JavaScript that are whole, and parts of others that have nothing to do with it, say
 * nothing; their texts are not even cut into tokens.
 */
export function keptScripts(
  packages: readonly NodePackage[],
  sources: readonly ScriptSource[],
  isThere: (path: string) => boolean,
  placeholders: readonly string[] = [],
): readonly NodeScript[] {
  const folderOf = folderFinder(packages)
  const known = new Map<ScriptSource, NodeScript | undefined>()
  const read = (source: ScriptSource): NodeScript | undefined => {
    if (!known.has(source)) known.set(source, readSource(source))
    return known.get(source)
  }
  const closure = scriptClosure(sources, packages)
  const missing = missingModules(packages, closure.entries)
  const incomplete = new Set([
    ...missing.folders,
    ...lostScripts(packages, closure, folderOf, isThere),
    ...placeholders.map(folderOf),
  ])
  const native = new Set(
    sources.flatMap((source) => {
      const script = source.isNative ? read(source) : undefined
      return script !== undefined && loadsNative(script) ? [folderOf(source.path)] : []
    }),
  )
  for (const folder of incomplete) native.add(folder)
  const wanted = nativePackages(packages, native)
  const names = new Map(packages.map(({ path, name }) => [path.slice(0, -'/package.json'.length), name]))
  const candidates = sources.filter(({ path }) => {
    const folder = folderOf(path)
    return wanted.has(names.get(folder) ?? '') || !folder.includes('/node_modules/')
  })
  const reaching = reachingNative(
    candidates.map((source) => graphScript(source, read)),
    packages,
    new Set([...wanted, ...missing.names]),
  )
  const reached = candidates.filter(({ path }) => reaching.has(path))
  const spared = tooMuch(reached)
  const scripts = reached.flatMap((source) => (spared.has(source) ? unread(source) : (read(source) ?? [])))
  const taken = new Set(scripts.map(({ path }) => path))
  const deciding = decidingScripts(
    packages,
    sources,
    folderOf,
    reached.filter((source) => !spared.has(source)),
    incomplete,
    closure,
  )
  const texts = keptTexts(deciding)
  const withText = (script: NodeScript): NodeScript => {
    const source = texts.get(script.path)
    return source === undefined ? script : { ...script, source }
  }
  const others = deciding.filter(({ path }) => !taken.has(path) && texts.has(path))
  return [...scripts, ...others.map(({ path }): NodeScript => ({ kind: 'script', path, loads: [] }))].map(withText)
}

const MOST_HELPERS = 3 * 1024 * 1024
/** Of a command, and of all that commands come to: frameworks put whole builds behind theirs. */
const [LARGEST_COMMAND, MOST_COMMANDS] = [64 * 1024, 1024 * 1024]
const STARTERS = ['child_process', 'worker_threads']

/** Scripts by which a package comes, or does not, to its native code: from its entry and its commands on, and what they ask on the way. */
function decidingScripts(
  packages: readonly NodePackage[],
  sources: readonly ScriptSource[],
  folderOf: (path: string) => string,
  reached: readonly ScriptSource[],
  incomplete: ReadonlySet<string>,
  { from, entries, commands }: ReturnType<typeof scriptClosure>,
): readonly ScriptSource[] {
  const folders = new Set([
    ...incomplete,
    ...sources.flatMap(({ path, isNative }) => (isNative ? [folderOf(path)] : [])),
  ])
  const wanted = nativePackages(packages, folders)
  const names = new Map(packages.map(({ path, name }) => [path.slice(0, -'/package.json'.length), name]))
  const isOfWanted = ({ path }: ScriptSource): boolean => wanted.has(names.get(folderOf(path)) ?? '')
  const own = from([...reached, ...[...wanted].flatMap(entries)], {
    largest: MOST_TEXT,
    most: MOST_TEXT,
    allows: isOfWanted,
  })
  const native = [...own].filter(({ isNative }) => isNative)
  const helpers = from(native, { largest: MOST_HELPERS / 8, most: MOST_HELPERS, allows: () => true })
  const starters = from([...own], { largest: MOST_HELPERS / 8, most: MOST_HELPERS, allows: startsOthers })
  const started = from(
    [...wanted].flatMap(commands).filter(({ text }) => text.size <= LARGEST_COMMAND),
    { largest: LARGEST_COMMAND, most: MOST_COMMANDS, allows: isOfWanted },
  )
  return [...new Set([...own, ...helpers, ...starters, ...started])]
}

/** It may start the programs that others name. */
function startsOthers({ text }: ScriptSource): boolean {
  const { names } = text.names()
  return STARTERS.some((name) => names.has(name) || names.has(`node:${name}`))
}

/** Texts of packages, as their scripts decide what is loaded; those of the function itself are nobody's to pass on. */
function keptTexts(sources: readonly ScriptSource[]): ReadonlyMap<string, string> {
  let left = MOST_TEXT
  const texts = new Map<string, string>()
  for (const { path, text, partial } of sources.toSorted((a, b) => a.text.size - b.text.size)) {
    left -= text.size
    if (left < 0) break
    if (partial !== true && path.includes('/node_modules/')) texts.set(path, text.bytes().toString('utf8'))
  }
  return texts
}

function unread({ path }: ScriptSource): NodeScript {
  return { kind: 'script', path, loads: [], partial: true }
}

/** Large bundles that load nothing native themselves are many in frameworks: all but the smaller ones are said to be unread. */
function tooMuch(sources: readonly ScriptSource[]): ReadonlySet<ScriptSource> {
  let left = MOST_BUNDLES
  const bundles = sources
    .filter(({ text, isNative }) => !isNative && text.size > SMALL_SCRIPT)
    .sort((a, b) => a.text.size - b.text.size || (a.path < b.path ? -1 : 1))
  return new Set(
    bundles.filter(({ text }) => {
      left -= text.size
      return left < 0
    }),
  )
}

/** Names that are made up are known only when the script is read. */
function graphScript(source: ScriptSource, read: (source: ScriptSource) => NodeScript | undefined): GraphScript {
  const { path } = source
  const named = source.isNative ? NOTHING : source.text.names()
  if (!source.isNative && (named.computedAt.length === 0 || source.text.size > SMALL_SCRIPT)) return { path, named }
  const script = read(source)
  return { path, named, ...(script && { read: script }) }
}

function readSource({ path, text, partial }: ScriptSource): NodeScript | undefined {
  const script = detached(scriptLoads(path, text.bytes().toString('utf8')))
  return script === undefined || partial !== true ? script : { ...script, partial }
}
