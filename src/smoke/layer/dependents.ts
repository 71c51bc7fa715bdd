import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import { extrasOf } from '../../inspect/python/requirement-extras.ts'
import { topModules } from './top-modules.ts'

/**
 * For each package of the layer that only came along with others: the packages that require it, by the names that are
 * loaded. What somebody asked for (dependencies of the layer's own package.json, pip's REQUESTED) is not among the keys.
 */
export function dependents(layer: Evidence): ReadonlyMap<string, readonly string[]> {
  const requirers = new Map<string, Set<string>>()
  const add = (name: string, by: string) => requirers.set(name, (requirers.get(name) ?? new Set()).add(by))
  for (const [name, by] of [...nodeRequirements(layer), ...pythonRequirements(layer)]) if (name !== by) add(name, by)
  for (const name of asked(layer)) requirers.delete(name)
  return new Map([...requirers].map(([name, by]) => [name, [...by]]))
}

const OWN_MANIFEST = '/opt/nodejs/package.json'
const INSTALLED = /^\/opt\/nodejs\/(?:node\d+\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/

type Requirement = readonly [name: string, by: string]

function nodeRequirements({ facts }: Evidence): readonly Requirement[] {
  return facts.node.flatMap((file): Requirement[] => {
    const by = file.kind === 'package' ? INSTALLED.exec(file.path)?.[1] : undefined
    if (file.kind !== 'package' || by === undefined) return []
    const { dependencies = [], optionalDependencies = [], peerDependencies = [] } = file
    return [...dependencies, ...optionalDependencies, ...peerDependencies].map((name) => [name, by])
  })
}

// pytokens requires black for its own development, and black pytokens.
const FOR_ITS_AUTHORS = /(?:dev|tests?|docs?|lint|typing|typecheck|bench\w*|ci|all)$/

function pythonRequirements({ facts }: Evidence): readonly Requirement[] {
  const distributions = pythonDistributions(facts.python)
  const modules = new Map(distributions.map((one) => [one.name, topModules(one)]))
  return distributions.flatMap((file) => {
    // What only an extra requires and is there came for it: `psycopg[binary]`.
    const required = (file.requires ?? [])
      .filter((one) => !extrasOf(one).some((extra) => FOR_ITS_AUTHORS.test(extra)))
      .map(({ name }) => name)
    return required.flatMap((name) =>
      (modules.get(name) ?? []).flatMap((module) => topModules(file).map((by): Requirement => [module, by])),
    )
  })
}

function asked({ facts, files }: Evidence): readonly string[] {
  const own = facts.node.find((file) => file.kind === 'package' && file.path === OWN_MANIFEST)
  const marked = new Set(
    files.filter(({ path }) => posix.basename(path) === 'REQUESTED').map(({ path }) => posix.dirname(path)),
  )
  const distributions = pythonDistributions(facts.python)
  // uv marks everything, which says nothing.
  const telling = distributions.every(({ path }) => marked.has(path)) ? [] : distributions
  return [
    ...(own?.kind === 'package' ? (own.dependencies ?? []) : []),
    ...telling.flatMap((file) => (marked.has(file.path) ? topModules(file) : [])),
  ]
}
