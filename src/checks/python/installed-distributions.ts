import { posix } from 'node:path'
import { normalisedName } from '../../inspect/python/requirement-name.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import type { Interpreter } from './interpreter.ts'
import { distributionsThere, lackingRequirements } from './lacking-requirements.ts'
import { plainRequirement } from './requirement-marker.ts'

/** Compiled modules of distributions that require one of this name. */
export function modulesRequiring(name: string, { facts }: RuntimeView, python: Interpreter): ReadonlySet<string> {
  const isOfName = (requirement: string): boolean => plainRequirement(requirement, python)?.name === name
  return new Set(
    facts.python.flatMap((fact) => {
      if (fact.kind !== 'distribution' || !fact.requires?.some(isOfName)) return []
      const site = posix.dirname(fact.path)
      return (fact.record?.native ?? []).map((path) => `${site}/${path}`)
    }),
  )
}

/** Normalised names of distributions that have metadata: by what was read of them, and by the names of folders and of old tools' files. */
export function namesWithMetadata({ tree, facts }: RuntimeView, { path }: Interpreter): ReadonlySet<string> {
  const read = facts.python.filter((fact) => fact.kind === 'distribution' && path.includes(posix.dirname(fact.path)))
  const entries = path.flatMap((folder) => tree.childrenOf(folder))
  const named = entries.flatMap(({ path: entry }) => {
    const [, name] = /([^/]+?)(?:-[^/-]*(?:-py[\d.]+)?)?\.(?:dist|egg)-info$/.exec(entry) ?? []
    return name === undefined ? [] : [normalisedName(name)]
  })
  return new Set([...read.flatMap((fact) => (fact.kind === 'distribution' ? [fact.name] : [])), ...named])
}

/** Normalised names of what a distribution requires and nobody has. */
export function lackingNames({ facts }: RuntimeView, python: Interpreter): ReadonlySet<string> {
  const distributions = facts.python.flatMap((fact) => (fact.kind === 'distribution' ? [fact] : []))
  const there = distributionsThere(facts.python)
  return new Set(distributions.flatMap((one) => lackingRequirements(one, there, python)))
}

/** The version of a distribution on Python's path; of one that is there twice nobody can tell. */
export function versionOf(name: string, { facts }: RuntimeView, { path }: Interpreter): string | undefined {
  const versions = facts.python.flatMap((fact) =>
    fact.kind === 'distribution' && fact.name === name && path.includes(posix.dirname(fact.path)) ? [fact.version] : [],
  )
  return versions.length === 1 ? versions[0] : undefined
}

/** The version of NumPy when that is 2 or newer; without metadata by where its core lies. */
export function numpy2({ facts, tree }: RuntimeView, { path }: Interpreter): string | undefined {
  for (const fact of facts.python)
    if (fact.kind === 'distribution' && fact.name === 'numpy' && path.includes(posix.dirname(fact.path)))
      return Number.parseInt(fact.version, 10) >= 2 ? fact.version : undefined
  const cores = path.flatMap((folder) => tree.childrenOf(`${folder}/numpy/_core`))
  return cores.some((core) => /\/_multiarray_umath\.[^/]*\.so$/.test(core.path)) ? '2' : undefined
}
