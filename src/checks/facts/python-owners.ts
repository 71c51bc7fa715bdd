import { posix } from 'node:path'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Owner } from './owners.ts'

/** Owner and how deep it claims: the length of the folder that decided. */
type Claim = { readonly owner: Owner; readonly depth: number }

export type PythonOwners = {
  /** Of a file that a RECORD names. */
  ofFile(path: string): Owner | undefined
  /** Of what else lies in a folder. */
  ofFolder(folder: string): Claim | undefined
}

/**
 * Owner of a file by the RECORD of the distributions beside it; where that was pruned, by the folder's name: the import
 * package, and the private libraries that auditwheel (`name.libs`) puts beside it. Several distributions may share a
 * folder (namespace packages): their exact files and modules decide first.
 */
export function pythonOwners(distributions: readonly PythonDistribution[]): PythonOwners {
  const exact = new Map<string, Owner>()
  const folders = new Map<string, Owner>()
  const guesses = new Map<string, Owner>()
  for (const distribution of distributions) {
    const { record, name, topLevel = [] } = distribution
    const site = posix.dirname(distribution.path)
    const owner = ownerOf(distribution)
    const claim = (claims: Map<string, Owner>, path: string): void => {
      const absolute = `${site}/${path}`
      if (!claims.has(absolute)) claims.set(absolute, owner)
    }
    for (const file of record?.native ?? []) claim(exact, file)
    for (const module of record?.modules ?? []) {
      const path = module.replaceAll('.', '/')
      claim(folders, path)
      // A module that is one file lies in nobody's folder.
      claim(exact, `${path}.py`)
    }
    for (const other of record?.others ?? []) claim(folders, other)
    const names = [name, name.replaceAll('-', '_'), ...topLevel]
    for (const one of names) for (const folder of [one, `${one}.libs`]) claim(guesses, folder.toLowerCase())
  }
  return {
    ofFile: (path) => exact.get(path),
    ofFolder: (folder) => nearest(folder, folders) ?? nearest(folder, guesses, (one) => one.toLowerCase()),
  }
}

function ownerOf({ path, name, version }: PythonDistribution): Owner {
  return { purl: `pkg:pypi/${name}`, name, ...(version === '' ? {} : { version }), folder: path }
}

/** Of the folder and those around it the innermost that somebody claims; `spelling` of the last part, as claims have it. */
function nearest(
  inFolder: string,
  byFolder: ReadonlyMap<string, Owner>,
  spelling: (name: string) => string = (name) => name,
): Claim | undefined {
  for (let folder = inFolder; folder.length > 1; folder = posix.dirname(folder)) {
    const owner = byFolder.get(`${posix.dirname(folder)}/${spelling(posix.basename(folder))}`)
    if (owner !== undefined) return { owner, depth: folder.length }
  }
  return undefined
}
