import type {
  BatchGetImageCommandInput,
  BatchGetImageCommandOutput,
  ImageFailure,
  ImageIdentifier,
} from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import type { ImageStore } from './image-store.ts'
import type { RegistryClient, StoredManifest } from './registry-client.ts'

/** Manifests as the registry stores them. Unlike ECR it never converts a manifest that is read by tag. */
export async function batchGetImage(
  input: BatchGetImageCommandInput,
  { repositories, registry }: ImageStore,
): Promise<Output<BatchGetImageCommandOutput>> {
  const { registryId, repositoryName } = repositories.get(input).description
  const images: NonNullable<BatchGetImageCommandOutput['images']> = []
  const failures: ImageFailure[] = []
  for (const imageId of input.imageIds ?? []) {
    const found = await lookUp(imageId, repositoryName, registry)
    if (!('bytes' in found)) failures.push({ imageId, ...found })
    else if (input.acceptedMediaTypes !== undefined && !input.acceptedMediaTypes.includes(found.mediaType)) {
      failures.push({ imageId, ...NOT_FOUND })
    } else {
      images.push({
        registryId,
        repositoryName,
        imageId: { imageDigest: found.digest, ...(imageId.imageTag && { imageTag: imageId.imageTag }) },
        imageManifest: found.bytes.toString('utf8'),
        imageManifestMediaType: found.mediaType,
      })
    }
  }
  return { images, failures }
}

type Failure = Pick<ImageFailure, 'failureCode' | 'failureReason'>
const NOT_FOUND: Failure = { failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }

async function lookUp(id: ImageIdentifier, name: string, registry: RegistryClient): Promise<StoredManifest | Failure> {
  if (id.imageDigest === undefined && id.imageTag === undefined) {
    return {
      failureCode: 'MissingDigestAndTag',
      failureReason: 'Invalid request parameters: both tag and digest cannot be null',
    }
  }
  if (id.imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(id.imageDigest)) {
    return { failureCode: 'InvalidImageDigest', failureReason: `Invalid image digest: '${id.imageDigest}'` }
  }
  const found = await registry.manifest(name, id.imageTag ?? id.imageDigest ?? '')
  if (found === undefined) return NOT_FOUND
  if (id.imageDigest !== undefined && found.digest !== id.imageDigest) {
    return {
      failureCode: 'ImageTagDoesNotMatchDigest',
      failureReason: `Image with tag '${id.imageTag}' does not have the digest '${id.imageDigest}'`,
    }
  }
  return found
}
