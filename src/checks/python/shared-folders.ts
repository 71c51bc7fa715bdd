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
  const folders = new Set<string>()
  const wanted = new Set(names)
  for (let before = -1; before !== wanted.size; ) {
    before = wanted.size
    const replaced = withRequired(wanted, there)
    // Of what is not there yet the name tells it: `opentelemetry-api`.
    const unknown = names
      .filter((name) => there.every((one) => one.name !== name))
      .map((name) => name.split('-', 1).join())
    const all = new Set([...there.filter(({ name }) => replaced.has(name)).flatMap(namespaces), ...unknown])
    for (const folder of all) {
      const members = there.filter((one) => namespaces(one).includes(folder))
      if (members.every(({ name }) => replaced.has(name))) continue
      folders.add(folder)
      for (const { name } of members) wanted.add(name)
    }
  }
  const distributions = there.filter(({ name }) => wanted.has(name) && !names.includes(name))
  return { folders: [...folders].sort(), distributions }
}

/** What pip installs with them, as far as it is there: extras that nobody asks for here are not. */
function withRequired(names: ReadonlySet<string>, there: readonly PythonDistribution[]): ReadonlySet<string> {
  const found = new Set<string>()
  const queue = [...names]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue
    found.add(name)
    for (const one of there.filter((other) => other.name === name))
      for (const required of one.requires ?? [])
        if (extrasOf(required).length === 0 && there.some((other) => other.name === required.name))
          queue.push(required.name)
  }
  return found
}

/** Top folders that are no package of the distribution: it has one further down. */
export function namespaces({ record }: PythonDistribution): readonly string[] {
  const dotted = (record?.modules ?? []).filter((module) => module.includes('.'))
  return [...new Set(dotted.map((module) => module.split('.', 1).join()))]
}
