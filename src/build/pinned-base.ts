import { ActionError } from '../errors.ts'
import { parseImageReference, untagged } from '../image-reference.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import type { ImagePlan } from '../plan/plan.ts'
import type { OciRegistry } from '../ports/oci-registry.ts'

/** A base that is pinned by digest beside its tag, and what the tag names in its registry now. */
export type PinnedBase = {
  /** With the tag, without the digest. */
  readonly reference: string
  readonly digest: string
  readonly now: ManifestFacts | { readonly unread: string }
}

/**
 * Asks the registry, with the user's credentials; `undefined` for a base that has no tag or no digest. Rejects only when
 * the run is cancelled: nothing depends on the answer.
 */
export async function pinnedBase(
  { base }: Pick<ImagePlan, 'base'>,
  registry: Pick<OciRegistry, 'manifest'>,
): Promise<PinnedBase | undefined> {
  const { tag, digest } = parseImageReference(base?.reference ?? '') ?? {}
  if (base === undefined || tag === undefined || digest === undefined) return undefined
  const reference = `${untagged(base.reference)}:${tag}`
  try {
    return { reference, digest, now: await registry.manifest(reference) }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    return { reference, digest, now: { unread: error.message.split('\n', 1)[0] ?? '' } }
  }
}

/** Whether the tag has moved on: what is pinned is neither what it names, nor one of the images of the index it names. */
export function hasMoved({ digest, now }: PinnedBase): boolean {
  if ('unread' in now) return false
  return now.digest !== digest && !(now.children ?? []).some((child) => child.digest === digest)
}
