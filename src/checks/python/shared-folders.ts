import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { extrasOf } from '../../inspect/python/requirement-extras.ts'
import type { Subject } from '../check.ts'

export type Sharing = {
  /** Top folders that are replaced and hold packages of others. */
  readonly folders: readonly string[]
  /** These others. */
  readonly distributions: readonly PythonDistribution[]
}

/**
 * What must be installed by one command with distributions of these normalised names: `pip install --upgrade --target`
 * replaces a top folder as a whole (`google`, `azure`), and with it what others have there. What these require it replaces too.
 */
export function sharingFolders(
  names: readonly string[],
  site: string,
  { artifact }: Pick<Subject, 'artifact'>,
): Sharing {
  const there = pythonDistributions(artifact.facts.python).filter(({ path }) => posix.dirname(path) === site)
  const byName = new Map(there.map((one) => [one.name, one]))
  const folders = new Set<string>()
  const replaced = new Set<string>()
  const queue = [...names]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (replaced.has(name)) continue
    replaced.add(name)
    const one = byName.get(name)
    // Of what is not there yet the name tells it: `opentelemetry-api`.
    for (const folder of one === undefined ? [name.split('-', 1).join()] : namespaces(one)) folders.add(folder)
    for (const required of one?.requires ?? [])
      if (extrasOf(required).length === 0 && byName.has(required.name)) queue.push(required.name)
    queue.push(...there.filter((other) => sharesOne(other, folders)).map((other) => other.name))
  }
  const distributions = there.filter((one) => sharesOne(one, folders) && !names.includes(one.name))
  const shared = new Set(distributions.flatMap(namespaces))
  return { folders: [...folders].filter((folder) => shared.has(folder)).sort(), distributions }
}

/** Top folders that are no package of the distribution: it has one further down. */
export function namespaces({ record }: PythonDistribution): readonly string[] {
  const dotted = (record?.modules ?? []).filter((module) => module.includes('.'))
  return [...new Set(dotted.map((module) => module.split('.', 1).join()))]
}

function sharesOne(distribution: PythonDistribution, folders: ReadonlySet<string>): boolean {
  return namespaces(distribution).some((folder) => folders.has(folder))
}
