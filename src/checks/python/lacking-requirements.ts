import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Requirement } from '../../inspect/python/requirement.ts'
import { isRequired, type MarkedPython } from './requirement-marker.ts'

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
