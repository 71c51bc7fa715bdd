import type { ImageArtifact } from '../artifact.ts'
import { manifestFacts } from '../build/manifest-facts.ts'
import type { StoredImage } from '../ports/ecr.ts'

/**
 * Every digest that stands for the artifact. An engine's image id is that of the configuration (classic store) or of the
 * manifest (containerd store); both are sha256 of content, so it does not matter here which one it is.
 */
export function artifactDigests({ id, source, repaired }: ImageArtifact): ReadonlySet<string> {
  const digests = [id, source?.digest, source?.configDigest, repaired?.child]
  return new Set(digests.filter((digest) => digest !== undefined))
}

/**
 * Whether a stored manifest is the artifact, by its digest or by that of its configuration. An index never is: the id of
 * a local image may be that of the index that its repaired child was taken from.
 */
export function isSameImage(stored: StoredImage, digests: ReadonlySet<string>): boolean {
  const { configDigest, children } = manifestFacts(stored.digest, Buffer.from(stored.manifest))
  if (children !== undefined) return false
  return digests.has(stored.digest) || (configDigest !== undefined && digests.has(configDigest))
}
