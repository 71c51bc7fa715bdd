import { posix } from 'node:path'
import type { PythonDistribution, PythonFile } from '../../inspect/python/python-file.ts'
import type { Owner } from './owners.ts'

/** Owner and how deep it claims: the length of the folder that decided. */
type Claim = { readonly owner: Owner; readonly depth: number }

/**
 * Owner of a file by the RECORD of the distributions beside it; where that was pruned, by the folder's name: the import
 * package, and the private libraries that auditwheel (`name.libs`) puts beside it. Several distributions may share a
 * folder (namespace packages): their exact files and modules decide first.
 */
export function pythonOwners(facts: readonly PythonFile[]): (path: string) => Claim | undefined {
  const exact = new Map<string, Claim>()
  const folders = new Map<string, Claim>()
  const guesses = new Map<string, Claim>()
  for (const fact of facts) {
    if (fact.kind !== 'distribution') continue
    const { record } = fact
    const site = posix.dirname(fact.path)
    const owner = ownerOf(fact)
    const claim = (claims: Map<string, Claim>, path: string): void => {
      const absolute = posix.resolve(site, path)
      if (!claims.has(absolute)) claims.set(absolute, { owner, depth: posix.dirname(absolute).length })
    }
    for (const file of record?.native ?? []) claim(exact, file)
    for (const module of record?.modules ?? []) claim(folders, module.replaceAll('.', '/'))
    for (const other of record?.others ?? []) claim(folders, other)
    const names = [fact.name, fact.name.replaceAll('-', '_'), ...(fact.topLevel ?? [])]
    for (const name of names) for (const folder of [name, `${name}.libs`]) claim(guesses, folder.toLowerCase())
  }
  return (path) => exact.get(path) ?? nearest(path, folders) ?? nearest(path, guesses, (one) => one.toLowerCase())
}

function ownerOf({ path, name, version }: PythonDistribution): Owner {
  return { purl: `pkg:pypi/${name}`, name, ...(version === '' ? {} : { version }), folder: path }
}

/** Of the folders that hold the path the innermost that somebody claims; `spelling` of the last part, as claims have it. */
function nearest(
  path: string,
  byFolder: ReadonlyMap<string, Claim>,
  spelling: (name: string) => string = (name) => name,
): Claim | undefined {
  for (let folder = posix.dirname(path); folder.length > 1; folder = posix.dirname(folder)) {
    const claim = byFolder.get(`${posix.dirname(folder)}/${spelling(posix.basename(folder))}`)
    if (claim !== undefined) return { ...claim, depth: folder.length }
  }
  return undefined
}
