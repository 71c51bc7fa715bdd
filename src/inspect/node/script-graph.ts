import { posix } from 'node:path'
import type { NamedModules } from './named-modules.ts'
import { loadsNative } from './native-packages.ts'
import type { NodePackage, NodeScript } from './node-file.ts'

/** One script of those among which is looked: what it names, or, once it had to be read, what it loads. */
export type GraphScript = { readonly path: string; readonly named: NamedModules; readonly read?: NodeScript }

const FOLDER = '<folder>'
const ENDINGS = ['', '.js', '.cjs', '.mjs', '/index.js', '/index.cjs', '/index.mjs']

/**
 * The scripts from which native code can be reached: those that load it, those that name a package of `wanted` of which
 * no script is known, and whatever loads one of these. Rather more than less: what `exports` says is not decided here.
 */
export function reachingNative(
  scripts: readonly GraphScript[],
  packages: readonly NodePackage[],
  wanted: ReadonlySet<string>,
): ReadonlySet<string> {
  const paths = new Set(scripts.map(({ path }) => path))
  const byName = Map.groupBy(
    packages.filter(({ name }) => wanted.has(name)),
    ({ name }) => name,
  )
  const byFolder = new Map(packages.map((one) => [posix.dirname(one.path), one]))
  const users = new Map<string, string[]>()
  const reaching = new Set<string>()
  for (const { path, named, read } of scripts) {
    if (read !== undefined && loadsNative(read)) reaching.add(path)
    const names = read === undefined ? named.names : read.loads.map(({ argument }) => argument)
    for (const name of names) {
      const targets = targetsOf(path, name)
      if (targets === 'native') reaching.add(path)
      else for (const target of targets) note(target, path)
    }
  }
  const waiting = [...reaching]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const user of users.get(path) ?? []) {
      if (reaching.has(user)) continue
      reaching.add(user)
      waiting.push(user)
    }
  }
  return reaching

  function note(target: string, user: string): void {
    const known = users.get(target)
    if (known === undefined) users.set(target, [user])
    else known.push(user)
  }

  function targetsOf(from: string, name: string): readonly string[] | 'native' {
    if (name.startsWith('#')) return 'native'
    if (name.includes('*')) return /[^*./]/.test(name.replace(FOLDER, '')) ? 'native' : []
    if (/^(?:\.{1,2}(?:\/|$)|\/|<folder>)/.test(name))
      return known(posix.resolve(posix.dirname(from), name.startsWith(FOLDER) ? `.${name.slice(FOLDER.length)}` : name))
    const [, packageName = name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name) ?? []
    const own = byName.get(packageName)
    if (own === undefined) return wanted.has(packageName) ? 'native' : []
    const found = own.map((one) => inPackage(one, rest))
    return found.some((one) => one.length === 0) ? 'native' : found.flat()
  }

  /** None: not known, which is not the same as nothing native. */
  function inPackage({ path, main, exports }: NodePackage, rest: string): readonly string[] {
    const folder = posix.dirname(path)
    if (exports === undefined) return known(posix.join(folder, rest === '' ? (main ?? 'index') : rest))
    const files = leaves(exports)
    if (rest !== '' && files.some((file) => file.includes('*'))) return []
    return files.flatMap((file) => known(posix.join(folder, file)))
  }

  function known(base: string): readonly string[] {
    const main = byFolder.get(base)?.main
    return [base, ...(main === undefined ? [] : [posix.join(base, main)])].flatMap((one) =>
      ENDINGS.map((ending) => one + ending).filter((path) => paths.has(path)),
    )
  }
}

/** Every file that `exports` names, under whatever conditions; patterns are not followed. */
function leaves(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports]
  return typeof exports === 'object' && exports !== null ? Object.values(exports).flatMap(leaves) : []
}
