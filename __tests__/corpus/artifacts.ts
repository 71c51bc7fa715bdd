import type { Artifact } from './artifact.ts'
import { FAST_ARTIFACTS } from './fast-artifacts.ts'
import { OTHER_ARTIFACTS } from './other-artifacts.ts'

/** The committed corpora: each healthy or broken in a known way, with exact versions. */
export const ARTIFACTS: readonly Artifact[] = [...FAST_ARTIFACTS, ...OTHER_ARTIFACTS]
