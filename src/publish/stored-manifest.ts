import { MEDIA_TYPES, manifestFacts } from '../build/manifest-facts.ts'
import { ActionError } from '../errors.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import { GZIP_LAYERS } from '../lambda/layer-media-types.ts'
import type { StoredImage } from '../ports/ecr.ts'

/**
 * Facts of an image as ECR keeps it, when Lambda can take it: one image manifest whose bytes are those of its digest,
 * layers gzip (contract §4.1). Throws registry-error or manifest-unsupported.
 */
export function usableManifest(repositoryUri: string, image: StoredImage): ManifestFacts {
  const reference = `${repositoryUri}@${image.digest}`
  const facts = manifestFacts(reference, Buffer.from(image.manifest))
  if (facts.digest !== image.digest) {
    throw new ActionError('registry-error', `What ECR serves as ${reference} has the digest ${facts.digest}.`, {
      help: 'Something between this runner and ECR changes what is read (a proxy, a pull-through mirror); run the job again without it.',
    })
  }
  // An index is told by what is in it, whatever type it was stored under.
  const mediaType: string = facts.children === undefined ? image.mediaType : facts.mediaType
  if (mediaType !== MEDIA_TYPES.dockerManifest && mediaType !== MEDIA_TYPES.ociManifest) {
    throw unsupported(
      `${reference} is not one image manifest, but ${mediaType}${childrenOf(facts)}.`,
      'Lambda takes one image manifest. Build for one platform with provenance: false and sbom: false (this action does), and give another tag: this one is taken by the index.',
    )
  }
  const layer = facts.layers?.find((one) => !GZIP_LAYERS.includes(one.mediaType))
  if (layer !== undefined) {
    throw unsupported(
      `Layer ${layer.digest} of ${reference} is ${layer.mediaType}, not a tar compressed by gzip.`,
      'Lambda is known to take gzip layers only. A layer of the base image keeps the compression it has there: use a base with gzip layers, or rebuild with docker buildx build --output type=registry,compression=gzip,force-compression=true.',
    )
  }
  return { ...facts, mediaType }
}

function childrenOf({ children = [] }: ManifestFacts): string {
  return children.length === 0 ? '' : ` of ${children.map(({ platform }) => platform).join(', ')}`
}

function unsupported(message: string, help: string): ActionError {
  return new ActionError('manifest-unsupported', message, { help })
}
