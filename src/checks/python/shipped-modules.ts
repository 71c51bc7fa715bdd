import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { type ImageTree, imageTree, isFile, isWithin } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userScope } from '../facts/user-scope.ts'
import type { Interpreter } from './interpreter.ts'
import { withoutSuffix } from './module-name.ts'

/** What a user may import of the artifact: the modules of a distribution, or a module that belongs to none. */
export type ShippedModules = {
  /** Absent: plain code. */
  readonly distribution?: PythonDistribution
  /** Public importable names; private ones only where there are no others. */
  readonly modules: readonly string[]
  /** Extension modules and libraries, whatever their tags, below the folder on Python's path that they are installed in. */
  readonly native: { readonly site: string; readonly paths: readonly string[] }
}

// A layer of more is none.
const MOST_MODULES = 3000

/** Top-level modules of the artifact on Python's path, by distribution. */
export function shippedModules(subject: Subject, view: RuntimeView, { path }: Interpreter): readonly ShippedModules[] {
  const scope = userScope(subject)
  const shipped: ShippedModules[] = []
  const owned = new Set<string>()
  for (const distribution of pythonDistributions(subject.artifact.facts.python)) {
    if (!path.includes(posix.dirname(distribution.path))) continue
    const names = moduleNames(distribution, view)
    for (const name of names) owned.add(`${posix.dirname(distribution.path)}/${name.split('.')[0]}`)
    if (!scope.adds(distribution.path)) continue
    const publicNames = names.filter((name) => !name.split('.').some((part) => part.startsWith('_')))
    const native = { site: posix.dirname(distribution.path), paths: distribution.record?.native ?? [] }
    shipped.push({ distribution, modules: publicNames.length > 0 ? publicNames : names, native })
  }
  const plain = new Map<string, ShippedModules['native']>()
  const tree = imageTree(subject.artifact)
  for (const entry of [...new Set(path)].flatMap((folder) => tree.childrenOf(folder))) {
    if (owned.has(withoutSuffix(entry.path)) || !scope.adds(entry.path)) continue
    const site = posix.dirname(entry.path)
    const name = plainModule(entry.path, isFile(entry), view)
    // Where nothing has metadata a folder of packages is one that several distributions share: `snowflake.connector`.
    const isShared = name === undefined && owned.size === 0 && !path.some((one) => isWithin(one, entry.path))
    const names = name === undefined ? (isShared ? sharedBelow(entry.path, site, tree) : []) : [name]
    for (const one of names)
      if (!plain.has(one))
        plain.set(one, { site, paths: nativeBelow(`${site}/${one.replaceAll('.', '/')}`, site, tree) })
  }
  return [...shipped, ...[...plain].map(([name, native]) => ({ modules: [name], native }))].slice(0, MOST_MODULES)
}

// `google.cloud.storage`
const DEEPEST = 3

/** Packages in folders that are none themselves. */
function sharedBelow(folder: string, site: string, tree: ImageTree): readonly string[] {
  const parts = folder.slice(site.length + 1).split('/')
  if (parts.length >= DEEPEST || !parts.every((part) => /^[A-Za-z]\w*$/.test(part))) return []
  return tree.childrenOf(folder).flatMap(({ type, path }) => {
    if (type !== 'directory') return []
    if (!tree.entries.has(`${path}/__init__.py`)) return sharedBelow(path, site, tree)
    return /\/[A-Za-z]\w*$/.test(path) ? [[...parts, posix.basename(path)].join('.')] : []
  })
}

/** Of a package whose metadata somebody took out: what lies in its folder. */
function nativeBelow(folder: string, site: string, { childrenOf }: ImageTree): readonly string[] {
  const queue = [folder]
  const found: string[] = []
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const { type, path } of childrenOf(next)) {
      if (type === 'directory') queue.push(path)
      else if (/\.(?:so|pyd)$/.test(path)) found.push(path.slice(site.length + 1))
    }
  }
  return found
}

function moduleNames({ record, topLevel, path, name }: PythonDistribution, { tree }: RuntimeView): readonly string[] {
  if (record !== undefined && record.modules.length > 0) return record.modules
  const site = posix.dirname(path)
  const guesses = topLevel ?? [name, name.replaceAll('-', '_')]
  return guesses.filter((guess) => tree.entries.has(`${site}/${guess}`) || tree.entries.has(`${site}/${guess}.py`))
}

function plainModule(path: string, file: boolean, { tree }: RuntimeView): string | undefined {
  const name = withoutSuffix(posix.basename(path))
  if (!/^[A-Za-z]\w*$/.test(name)) return undefined
  if (file) return /\.(?:py|so|pyc)$/.test(path) ? name : undefined
  return tree.entries.has(`${path}/__init__.py`) ? name : undefined
}
