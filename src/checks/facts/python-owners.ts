import { posix } from 'node:path'
import type { PythonDistribution, PythonFile } from '../../inspect/python/python-file.ts'
import type { Owner } from './owners.ts'

/** Owner and how deep it claims: the length of the folder that decided. */
type Claim = { readonly owner: Owner; readonly depth: number }

/** What a distribution may say of its files, relative to the folder that it is installed in (RECORD, top_level.txt). */
type Installed = PythonDistribution & {
  readonly files?: readonly (string | { readonly path: string })[]
  readonly topLevels?: readonly string[]
}

/**
 * Owner of a file by the RECORD of the distributions beside it; where that was not read or pruned, by the folder's
 * name: the import package, and the private libraries that auditwheel (`name.libs`) and delvewheel put beside it.
 */
export function pythonOwners(facts: readonly PythonFile[]): (path: string) => Claim | undefined {
  const byFile = new Map<string, Claim>()
  const byFolder = new Map<string, Claim>()
  for (const fact of facts) {
    if (fact.kind !== 'distribution') continue
    const distribution: Installed = fact
    const site = posix.dirname(distribution.path)
    const owner = ownerOf(distribution)
    const claim = (path: string): void => {
      const absolute = posix.resolve(site, path)
      byFile.set(absolute, { owner, depth: posix.dirname(absolute).length })
      const top = posix.relative(site, absolute).split('/')[0] ?? '..'
      const folder = `${site}/${top}`
      if (top !== '..' && !byFolder.has(folder)) byFolder.set(folder, { owner, depth: folder.length })
    }
    for (const file of distribution.files ?? []) claim(typeof file === 'string' ? file : file.path)
    const named = [distribution.name, distribution.name.replaceAll('-', '_'), ...(distribution.topLevels ?? [])]
    for (const name of named.flatMap((one) => [one, `${one}.libs`])) {
      const folder = `${site}/${name}`
      if (!byFolder.has(folder)) byFolder.set(folder, { owner, depth: folder.length })
    }
  }
  const normalised = new Map([...byFolder].map(([folder, claim]) => [folder.toLowerCase(), claim]))
  return (path) => byFile.get(path) ?? nearest(path, byFolder) ?? nearest(path.toLowerCase(), normalised)
}

function ownerOf({ path, name, version }: PythonDistribution): Owner {
  return { purl: `pkg:pypi/${name}`, name, ...(version === '' ? {} : { version }), folder: path }
}

function nearest(path: string, byFolder: ReadonlyMap<string, Claim>): Claim | undefined {
  for (let folder = posix.dirname(path); folder.length > 1; folder = posix.dirname(folder)) {
    const claim = byFolder.get(folder)
    if (claim !== undefined) return claim
  }
  return undefined
}
