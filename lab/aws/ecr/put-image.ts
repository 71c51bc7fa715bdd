import type { PutImageCommandInput, PutImageCommandOutput } from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import type { ImageStore } from './image-store.ts'
import { sha256 } from './registry-client.ts'
import { isImmutable, tagIsImmutable } from './repository.ts'

/** Stores a manifest whose blobs are there already: how ECR's API gives an image another tag. */
export async function putImage(
  input: PutImageCommandInput,
  { repositories, registry }: ImageStore,
): Promise<Output<PutImageCommandOutput>> {
  const repository = repositories.get(input)
  const { registryId, repositoryName } = repository.description
  const bytes = Buffer.from(input.imageManifest ?? '', 'utf8')
  const digest = sha256(bytes)
  if (input.imageDigest !== undefined && input.imageDigest !== digest) {
    throw new ServiceError(
      'ImageDigestDoesNotMatchException',
      400,
      `The calculated digest '${digest}' does not match the provided digest '${input.imageDigest}'`,
    )
  }
  const mediaType = input.imageManifestMediaType ?? mediaTypeOf(bytes)
  const existing = await registry.manifest(repositoryName, input.imageTag ?? digest)
  if (existing?.digest === digest) {
    const tag = input.imageTag === undefined ? '' : ` and tag '${input.imageTag}'`
    throw new ServiceError(
      'ImageAlreadyExistsException',
      400,
      `Image with digest '${digest}'${tag} already exists in the repository with name '${repositoryName}' in registry with id '${registryId}'`,
    )
  }
  if (existing !== undefined && input.imageTag !== undefined && isImmutable(repository, input.imageTag)) {
    throw new ServiceError('ImageTagAlreadyExistsException', 400, tagIsImmutable(input.imageTag, repositoryName))
  }
  const refused = await registry.putManifest(repositoryName, input.imageTag ?? digest, mediaType, bytes)
  if (refused !== undefined) {
    const layers = refused.includes('BLOB_UNKNOWN')
    throw new ServiceError(layers ? 'LayersNotFoundException' : 'InvalidParameterException', 400, refused)
  }
  if (!repository.pushedAt.has(digest)) repository.pushedAt.set(digest, new Date())
  return {
    image: {
      registryId,
      repositoryName,
      imageId: { imageDigest: digest, ...(input.imageTag && { imageTag: input.imageTag }) },
      imageManifest: bytes.toString('utf8'),
      imageManifestMediaType: mediaType,
    },
  }
}

function mediaTypeOf(manifest: Buffer): string {
  try {
    const { mediaType } = JSON.parse(manifest.toString('utf8')) as { mediaType?: string }
    if (mediaType !== undefined) return mediaType
  } catch {
    // Not JSON: refused below as any manifest without a type.
  }
  throw new ServiceError(
    'InvalidParameterException',
    400,
    "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax or unknown media type'",
  )
}
