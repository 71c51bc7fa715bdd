import type { PinnedBase } from '../../src/build/pinned-base.ts'
import { digestOf } from './aws.ts'

/** `public.ecr.aws/lambda/nodejs:22` pinned to the digest of sevens, which its tag still names. */
export function makePinnedBase(overrides: Partial<PinnedBase> = {}): PinnedBase {
  const reference = 'public.ecr.aws/lambda/nodejs:22'
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  return { reference, digest: digestOf('7'), now: { reference, digest: digestOf('7'), mediaType }, ...overrides }
}
