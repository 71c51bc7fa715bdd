import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { type PythonRelease, plainRequirement } from './requirement-marker.ts'

/** Normalised names of what the distribution requires always, and that is not among `there`. */
export function lackingRequirements(
  { requires = [] }: PythonDistribution,
  there: ReadonlySet<string>,
  python: PythonRelease,
): readonly string[] {
  return requires.flatMap((text) => {
    const { name } = plainRequirement(text, python) ?? {}
    return name === undefined || there.has(name) ? [] : [name]
  })
}

/** Normalised names of the distributions that are there. */
export function distributionsThere(distributions: readonly PythonDistribution[]): ReadonlySet<string> {
  return new Set(distributions.map(({ name }) => name))
}
