import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Requirement } from '../../inspect/python/requirement.ts'
import { reachedPackages } from './reached-packages.ts'
import { isRequired, type MarkedPython } from './requirement-marker.ts'
import type { ShippedModules } from './shipped-modules.ts'

/** What the distribution is certain to require here, and that is not among `there`. */
export function lackingRequirements(
  { requires = [] }: PythonDistribution,
  there: ReadonlySet<string>,
  python: MarkedPython,
): readonly Requirement[] {
  return requires.filter((one) => !there.has(one.name) && isRequired(one, python))
}

/** Normalised names of the distributions that are there. */
export function distributionsThere(distributions: readonly PythonDistribution[]): ReadonlySet<string> {
  return new Set(distributions.map(({ name }) => name))
}

/** Whether what a package requires is not there: of its own, or of what it requires in turn. */
export type Lack = 'own' | 'below'

export function lackOf(
  all: readonly ShippedModules[],
  there: ReadonlySet<string>,
  python: MarkedPython,
): (of: ShippedModules) => Lack | undefined {
  const reached = reachedPackages(all)
  const lacking = new Set(
    all.flatMap(({ distribution }) =>
      distribution !== undefined && lackingRequirements(distribution, there, python).length > 0
        ? [distribution.name]
        : [],
    ),
  )
  return (of) => {
    if (of.distribution === undefined || lacking.size === 0) return undefined
    if (lacking.has(of.distribution.name)) return 'own'
    return [...reached(of)].some((name) => lacking.has(name)) ? 'below' : undefined
  }
}
