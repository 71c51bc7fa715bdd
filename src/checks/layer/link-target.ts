import { posix } from 'node:path'
import type { ImageTree } from '../facts/image-tree.ts'
import { isWithin } from '../facts/image-tree.ts'

/** Where a link leads, as far as the files that were read can tell. */
export type LinkTarget =
  | { readonly state: 'found'; readonly path: string }
  /** `path`: where the first missing name would be. */
  | { readonly state: 'missing'; readonly path: string }
  | { readonly state: 'circle' }

// As Linux (MAXSYMLINKS).
const MAX_LINKS = 40

/** Follows a link name by name. `ImageTree.resolve` tells only whether it arrives. */
export function linkTarget(from: string, link: string, { entries, resolve }: ImageTree): LinkTarget {
  const end = resolve(from)
  if (end !== undefined) return { state: 'found', path: end.path }
  let at = posix.resolve(posix.dirname(from), link)
  for (let links = 0; links < MAX_LINKS; links++) {
    const stop = firstStop(at)
    if (stop === undefined) return { state: 'missing', path: at }
    const { path, target } = stop
    if (target === undefined) return { state: 'missing', path }
    at = posix.resolve(posix.dirname(path), target) + at.slice(path.length)
  }
  return { state: 'circle' }

  /** The first part of the path that is a link or does not exist. */
  function firstStop(path: string): { readonly path: string; readonly target?: string } | undefined {
    const names = path.split('/').slice(1)
    for (let count = 1; count <= names.length; count++) {
      const part = `/${names.slice(0, count).join('/')}`
      const entry = entries.get(part)
      if (entry?.type === 'symlink' && entry.link !== undefined) return { path: part, target: entry.link }
      if (entry === undefined) return { path: part }
    }
    return undefined
  }
}

/** Paths of machines that build: never there when a function runs. */
const BUILD_PLACES = [
  '/home',
  '/Users',
  '/root',
  '/github',
  '/builds',
  '/workspace',
  '/runner',
  '/src',
  '/out',
  '/private',
  '/Volumes',
]

export function isBuildPlace(path: string): boolean {
  return BUILD_PLACES.some((folder) => isWithin(path, folder)) || /^[A-Za-z]:/.test(path)
}
