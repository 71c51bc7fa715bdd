import type { OsRelease } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'

/** A system and where it was seen, for comparisons in one order: what was built there, what runs here. */
export type System = {
  readonly role: 'build stage' | 'build image' | 'image' | 'runtime image'
  readonly os: OsRelease
}

/** Where the code was compiled and where it runs; for an image the latter is the image itself, which brings its system. */
export type SystemPair = { readonly built: System; readonly runs: System }

const UNKNOWN_BUILD_STAGE =
  'which image compiled the native code is not known: only image and runtime image were compared'

/** Why a comparison with what compiled the code did not take place, where native code is there that could mind. */
export function notCompared(subject: Subject, nativeFiles: number): string | undefined {
  if (subject.build !== undefined || nativeFiles === 0) return undefined
  return subject.buildStage?.unread ?? UNKNOWN_BUILD_STAGE
}

/** A question that stays open, as rules say it. */
export function open(why: string | undefined): { readonly notChecked?: string } {
  return why === undefined ? {} : { notChecked: why }
}

/** Of a layer: modules that are not native do not depend on what installed them. */
export function unknownBuild(buildStage: Subject['buildStage'], nativeFiles: number): string | undefined {
  if (nativeFiles === 0) return undefined
  return buildStage?.unread ?? 'which image compiled the layer is not known: `build-image` names it'
}

/** Why there is nothing to compare at all; `undefined`: nothing is there that could mind. */
export function nothingToCompare(subject: Subject, nativeFiles: number): string | undefined {
  const { plan, build, buildStage } = subject
  if (plan.kind === 'layer' && build === undefined) return unknownBuild(buildStage, nativeFiles)
  return 'the systems to compare were not found (os-release)'
}

/**
 * The pair that decides whether native code fits: what compiled it and what runs it, which is the image itself, or a
 * layer's runtime. Without a known build stage an image against its runtime image, which then only tells how far the
 * image's base is from the one it is compared with.
 */
export function systemPair({ plan, artifact, build, buildStage, runtimes }: Subject): SystemPair | undefined {
  const own = artifact.os
  const runtime = runtimes[0]?.environment.os
  const built = build?.os
  const role = buildStage?.name === undefined ? 'build image' : 'build stage'
  if (plan.kind === 'layer') {
    return built === undefined || runtime === undefined
      ? undefined
      : { built: { role, os: built }, runs: { role: 'runtime image', os: runtime } }
  }
  if (own === undefined) return undefined
  if (built !== undefined) return { built: { role, os: built }, runs: { role: 'image', os: own } }
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
