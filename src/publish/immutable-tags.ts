import { ActionError } from '../errors.ts'
import type { Repository, StoredImage } from '../ports/ecr.ts'

/** Whether a tag that exists may not move (ECR imageTagMutability and its exclusion filters). Unknown settings: it may. */
export function isImmutable({ tagMutability, mutabilityExclusions }: Repository, tag: string): boolean {
  const excluded = mutabilityExclusions.some((filter) => wildcard(filter).test(tag))
  switch (tagMutability) {
    case 'IMMUTABLE':
      return true
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded
    default:
      return false
  }
}

/**
 * Refuses before anything is written when a tag stands on another image and cannot move; `digest` is that of the image to
 * publish, when it is in the repository already. Throws tag-immutable.
 */
export function refuseTakenTags(repository: Repository, tagged: readonly StoredImage[], digest?: string): void {
  const taken = tagged.find(({ tag, digest: other }) => {
    return tag !== undefined && other !== digest && isImmutable(repository, tag)
  })
  if (taken === undefined) return
  throw new ActionError(
    'tag-immutable',
    `The tag ${taken.tag} of ${repository.uri} stands on another image (${taken.digest}), and tags of this repository are immutable.`,
    {
      help: 'Nothing was pushed. A second build of one commit is another image unless its build is reproducible: publish under a tag of its own (tags: sha-<commit>-<run attempt>), publish the image that is there (image: repository:tag), or make the repository’s tags mutable.',
    },
  )
}

/** A filter holds letters, digits, `.`, `_`, `-` and the wildcard `*` (ECR API reference). */
function wildcard(filter: string): RegExp {
  return new RegExp(`^${filter.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
}
