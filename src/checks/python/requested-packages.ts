import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { extrasOf, onlyExtras } from '../../inspect/python/requirement-extras.ts'
import { groupBy } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import type { ImportWorld } from './import-world.ts'
import { importedPackages } from './imported-packages.ts'
import type { ShippedModules } from './shipped-modules.ts'

/**
 * What somebody asked for, and is imported for its own sake: code of the user's own, what pip marked as requested, and
 * distributions that nothing else requires. The others came with them: when one of those cannot be imported, that counts
 * as far as the requested ones do not go on without it.
 */
export function requestedPackages(
  shipped: readonly ShippedModules[],
  view: RuntimeView,
  sources: ImportWorld['sources'],
): ReadonlySet<ShippedModules> {
  const marked = shipped.filter(({ distribution }) => isMarked(distribution, view))
  const distributions = shipped.filter(({ distribution }) => distribution !== undefined)
  // Of a list that names every package (a lock file), and of tools that mark all, the marks tell nothing.
  const tells = marked.length > 0 && marked.length < distributions.length
  const isMarkedOne = new Set(tells ? marked : [])
  const required = requiredByOthers(distributions, tells)
  const imported = importedByOthers(shipped, sources)
  return new Set(
    shipped.filter((one) =>
      one.distribution === undefined ? !imported.has(one) : isMarkedOne.has(one) || !required.has(one.distribution),
    ),
  )
}

/**
 * Of packages whose metadata somebody took out those that others of them import: they came with these. Such that import
 * each other count as asked for. Beside packages that kept their metadata those without native code are the user's own.
 */
function importedByOthers(
  shipped: readonly ShippedModules[],
  sources: ImportWorld['sources'],
): ReadonlySet<ShippedModules> {
  const others = shipped.filter(({ distribution }) => distribution === undefined)
  const plain = others.filter(({ native }) => native.paths.length > 0 || others.length === shipped.length)
  if (plain.length === 0 || others.length < 2) return new Set()
  const importsOf = new Map(others.map((one) => [one, packagesImported(one, sources)]))
  const imports = (one: ShippedModules, other: ShippedModules): boolean =>
    one !== other && other.modules.some((module) => importsOf.get(one)?.has(module) === true)
  return new Set(plain.filter((one) => others.some((other) => imports(other, one) && !imports(one, other))))
}

function packagesImported(
  { native: { site }, modules }: ShippedModules,
  sources: ImportWorld['sources'],
): ReadonlySet<string> {
  const folders = modules.map((module) => `${site}/${module.replaceAll('.', '/')}`)
  const found = new Set<string>()
  for (const { path, steps } of sources.values())
    if (folders.some((folder) => path === `${folder}.py` || path.startsWith(`${folder}/`)))
      importedPackages(steps, found)
  return found
}

/** REQUESTED: "Recording installed projects" of packaging.python.org. */
function isMarked(distribution: PythonDistribution | undefined, { tree }: RuntimeView): boolean {
  return distribution !== undefined && tree.entries.has(`${distribution.path}/REQUESTED`)
}

/** Of distributions that require each other, and that nothing else requires, all count as asked for. */
function requiredByOthers(shipped: readonly ShippedModules[], withExtras: boolean): ReadonlySet<PythonDistribution> {
  const distributions = shipped.flatMap(({ distribution }) => distribution ?? [])
  const byName = new Map(distributions.map((one) => [one.name, one]))
  const extras = withExtras ? undefined : extrasAsked(distributions)
  const direct = new Map(
    distributions.map((one) => [
      one,
      new Set(
        namesRequired(one, extras)
          .flatMap((name) => byName.get(name) ?? [])
          .filter((other) => other !== one),
      ),
    ]),
  )
  const all = new Map(distributions.map((one) => [one, reached(one, direct)]))
  return new Set(
    distributions.filter((one) => distributions.some((other) => all.get(other)?.has(one) && !all.get(one)?.has(other))),
  )
}

function reached(
  from: PythonDistribution,
  direct: ReadonlyMap<PythonDistribution, ReadonlySet<PythonDistribution>>,
): ReadonlySet<PythonDistribution> {
  const found = new Set<PythonDistribution>()
  const queue = [...(direct.get(from) ?? [])]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue
    found.add(next)
    queue.push(...(direct.get(next) ?? []))
  }
  return found
}

/** What an extra brings counts when another package asks for that extra (`google-api-core[grpc]`); else somebody wanted it. */
function namesRequired(
  { name: own, requires = [] }: PythonDistribution,
  extras: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): readonly string[] {
  return requires.flatMap((requirement) => {
    const of = extrasOf(requirement)
    const counts = of.length === 0 || extras === undefined || of.some((extra) => extras.get(own)?.has(extra) === true)
    return counts ? [requirement.name] : []
  })
}

/**
 * Extras by the distribution that the others ask for with them; what an extra asks for counts when that extra is asked for.
 * All of a long list is there by chance of nobody: `aws-lambda-powertools[all]` was asked for.
 */
function extrasAsked(distributions: readonly PythonDistribution[]): ReadonlyMap<string, ReadonlySet<string>> {
  const there = new Set(distributions.map(({ name }) => name))
  const asked = new Map(distributions.map((one) => [one.name, new Set(wholeExtras(one, there, LONG))]))
  const lines = distributions.flatMap(({ name, requires = [] }) =>
    requires.map((requirement) => ({ of: name, under: extrasOf(requirement), asks: requirement })),
  )
  for (let count = -1; count !== total(asked); ) {
    count = total(asked)
    for (const { of, under, asks } of lines) {
      if (under.length > 0 && !under.some((extra) => asked.get(of)?.has(extra))) continue
      asked.set(asks.name, new Set([...(asked.get(asks.name) ?? []), ...asks.extras]))
    }
  }
  return asked
}

const LONG = 3

/** Extras that bring so many packages at least, all of which are there. */
export function wholeExtras(
  { requires = [] }: PythonDistribution,
  there: ReadonlySet<string>,
  least: number,
): readonly string[] {
  const brought = requires.flatMap((requirement) => onlyExtras(requirement).map((extra) => ({ extra, requirement })))
  return [...groupBy(brought, ({ extra }) => extra)].flatMap(([extra, same]) => {
    const names = new Set(same.map(({ requirement }) => requirement.name))
    return names.size >= least && [...names].every((name) => there.has(name)) ? [extra] : []
  })
}

function total(asked: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...asked.values()].reduce((sum, { size }) => sum + size, 0)
}
