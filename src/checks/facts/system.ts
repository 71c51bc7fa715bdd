import type { OsRelease } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'

/** A system and where it was seen, for comparisons in one order: what was built there, what runs here. */
export type System = { readonly role: 'build stage' | 'image' | 'runtime image'; readonly os: OsRelease }

/** Where the code was compiled and where it runs; for an image the latter is the image itself, which brings its system. */
export type SystemPair = { readonly built: System; readonly runs: System }

/** Why a comparison stays open when native code is there and nobody knows where it was compiled. */
export const UNKNOWN_BUILD_STAGE =
  'which image compiled the native code is not known: only image and runtime image were compared'

/**
 * The pair that decides whether native code fits: build stage and artifact. Without a known build stage the artifact
 * against its runtime image, which then only tells how far the image's base is from the one it is compared with.
 */
export function systemPair({ artifact, build, runtimes }: Subject): SystemPair | undefined {
  const own = artifact.os
  const runtime = runtimes[0]?.environment.os
  if (own === undefined) return undefined
  if (build?.os !== undefined) return { built: { role: 'build stage', os: build.os }, runs: { role: 'image', os: own } }
  if (runtime === undefined) return undefined
  return { built: { role: 'image', os: own }, runs: { role: 'runtime image', os: runtime } }
}

/** Distribution and version: `amzn 2023`, `debian 12`. */
export function isSameFamily(a: OsRelease, b: OsRelease): boolean {
  return a.id === b.id && a.versionId === b.versionId
}

/** Order of two dated releases by their numbers: negative when `a` is older. */
export function compareReleases(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
