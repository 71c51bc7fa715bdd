import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { pythonOwners } from '../facts/python-owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { refusesVersion } from './version-specifier.ts'

/** The distribution that a file belongs to, with what its metadata say. */
export function distributionsOf({ facts }: RuntimeView): (path: string) => PythonDistribution | undefined {
  const distributions = pythonDistributions(facts.python)
  const ownerOf = pythonOwners(distributions)
  const byFolder = new Map(distributions.map((one) => [one.path, one]))
  return (path) => {
    const owner = ownerOf.ofFile(path) ?? ownerOf.ofFolder(posix.dirname(path))?.owner
    return byFolder.get(owner?.folder ?? '')
  }
}

/** Whether the distribution of one file requires another version of what a second file belongs to. */
export function misfits(
  distributionOf: (path: string) => PythonDistribution | undefined,
): (path: string, other: string) => boolean {
  return (path, other) => {
    const asking = distributionOf(path)
    const asked = distributionOf(other)
    if (asking === undefined || asked === undefined) return false
    return (asking.requires ?? []).some(
      ({ name, specifiers }) => name === asked.name && refusesVersion(specifiers, asked.version),
    )
  }
}
