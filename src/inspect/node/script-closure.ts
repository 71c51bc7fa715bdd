import { posix } from 'node:path'
import type { NodePackage } from './node-file.ts'
import type { ScriptSource } from './script-source.ts'

const ENDINGS = ['', '.js', '.cjs', '.mjs', '/index.js', '/index.cjs', '/index.mjs']

/** How far the closure goes: bytes of one script, of all of them, and whose they are. */
export type Bounds = { readonly largest: number; readonly most: number; allows(source: ScriptSource): boolean }

/** Finds what scripts load, and what that loads, by the names in their texts: rather more than less. */
export function scriptClosure(sources: readonly ScriptSource[], packages: readonly NodePackage[]) {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const byName = Map.groupBy(packages, ({ name }) => name)
  const byFolder = new Map(packages.map((one) => [posix.dirname(one.path), one]))
  const known = new Map<ScriptSource, readonly ScriptSource[]>()
  return { from, entries, commands }

  function from(starts: readonly ScriptSource[], { largest, most, allows }: Bounds): ReadonlySet<ScriptSource> {
    const found = new Set(starts)
    const waiting = [...found]
    let left = most
    for (let source = waiting.shift(); source !== undefined && left > 0; source = waiting.shift()) {
      for (const next of loaded(source)) {
        if (found.has(next) || next.text.size > largest || !allows(next)) continue
        found.add(next)
        left -= next.text.size
        waiting.push(next)
      }
    }
    return found
  }

  /** The scripts that a package's name stands for. */
  function entries(name: string): readonly ScriptSource[] {
    return targets('/', name)
  }

  /** The scripts of the commands that a package installs. */
  function commands(name: string): readonly ScriptSource[] {
    return (byName.get(name) ?? []).flatMap(({ path, commands = {} }) =>
      Object.values(commands).flatMap((file) => at(posix.join(posix.dirname(path), file))),
    )
  }

  function loaded(source: ScriptSource): readonly ScriptSource[] {
    const before = known.get(source)
    if (before !== undefined) return before
    const { names } = source.text.names()
    const next = [...names].flatMap((name) => targets(source.path, name))
    known.set(source, next)
    return next
  }

  function targets(from: string, name: string): readonly ScriptSource[] {
    if (/^\.{1,2}(?:\/|$)/.test(name)) return at(posix.resolve(posix.dirname(from), name))
    const [, packageName = name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name) ?? []
    return (byName.get(packageName) ?? []).flatMap(({ path, main, exports }) => {
      const folder = posix.dirname(path)
      if (exports === undefined && rest !== '') return at(posix.join(folder, rest))
      if (exports === undefined) {
        const found = main === undefined ? [] : at(posix.join(folder, main))
        return found.length > 0 ? found : at(posix.join(folder, 'index'))
      }
      return leaves(exports).flatMap((file) => filled(file, rest).flatMap((one) => at(posix.join(folder, one))))
    })
  }

  function at(base: string): readonly ScriptSource[] {
    const main = byFolder.get(base)?.main
    const [source] = [base, ...(main === undefined ? [] : [posix.join(base, main)])].flatMap((one) =>
      ENDINGS.flatMap((ending) => byPath.get(one + ending) ?? []),
    )
    return source === undefined ? [] : [source]
  }
}

function leaves(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports]
  return typeof exports === 'object' && exports !== null ? Object.values(exports).flatMap(leaves) : []
}

/** `./build/*.js` asked for as `/build/loader`: whichever part of the name the star stands for. */
function filled(file: string, rest: string): readonly string[] {
  if (!file.includes('*')) return [file]
  const parts = rest.split('/').slice(1)
  return parts.map((_, index) =>
    file.replaceAll(
      '*',
      parts
        .slice(index)
        .join('/')
        .replace(/\.[cm]?js$/, ''),
    ),
  )
}
