import type {
  BatchGetImageCommandInput,
  BatchGetImageCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  ImageDetail,
  ImageFailure,
  ImageIdentifier,
  PutImageCommandInput,
  PutImageCommandOutput,
} from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import { type RegistryClient, type StoredManifest, sha256 } from './registry-client.ts'
import { isImmutable, type Repositories, type Repository, tagIsImmutable } from './repository.ts'

type Scope = { readonly repositories: Repositories; readonly registry: RegistryClient }

/** Manifests as the registry stores them. Unlike ECR it never converts a manifest that is read by tag. */
export async function batchGetImage(
  input: BatchGetImageCommandInput,
  { repositories, registry }: Scope,
): Promise<Output<BatchGetImageCommandOutput>> {
  const { registryId, repositoryName } = repositories.get(input).description
  const images: NonNullable<BatchGetImageCommandOutput['images']> = []
  const failures: ImageFailure[] = []
  for (const imageId of input.imageIds ?? []) {
    const found = await lookUp(imageId, repositoryName, registry)
    if ('failureCode' in found) failures.push({ imageId, ...found })
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

/** Stores a manifest whose blobs are there already: how ECR's API gives an image another tag. */
export async function putImage(
  input: PutImageCommandInput,
  { repositories, registry }: Scope,
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

export async function describeImages(
  input: DescribeImagesCommandInput,
  scope: Scope,
): Promise<Output<DescribeImagesCommandOutput>> {
  const repository = scope.repositories.get(input)
  const details = await imageDetails(repository, scope.registry)
  if (input.imageIds === undefined) {
    const wanted = input.filter?.tagStatus
    return { imageDetails: details.filter((detail) => matchesTagStatus(detail, wanted)) }
  }
  const found = input.imageIds.map((id) => {
    const detail = details.find((candidate) =>
      id.imageDigest === undefined
        ? candidate.imageTags?.includes(id.imageTag ?? '')
        : candidate.imageDigest === id.imageDigest,
    )
    if (detail !== undefined) return detail
    const { repositoryName, registryId } = repository.description
    throw new ServiceError(
      'ImageNotFoundException',
      400,
      `The image with imageId {imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${registryId}'`,
    )
  })
  return { imageDetails: found }
}

function matchesTagStatus(detail: ImageDetail, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted === 'ANY') return true
  return (wanted === 'TAGGED') === (detail.imageTags !== undefined)
}

async function imageDetails(repository: Repository, registry: RegistryClient): Promise<ImageDetail[]> {
  const { registryId, repositoryName } = repository.description
  const tags = new Map<string, string[]>()
  for (const digest of repository.pushedAt.keys()) tags.set(digest, [])
  for (const tag of await registry.tags(repositoryName)) {
    const digest = (await registry.manifest(repositoryName, tag))?.digest
    if (digest !== undefined) tags.set(digest, [...(tags.get(digest) ?? []), tag])
  }
  const details: ImageDetail[] = []
  for (const [imageDigest, imageTags] of tags) {
    const manifest = await registry.manifest(repositoryName, imageDigest)
    if (manifest === undefined) continue
    details.push({
      registryId,
      repositoryName,
      imageDigest,
      ...(imageTags.length > 0 && { imageTags }),
      imageSizeInBytes: compressedSize(manifest.bytes),
      imagePushedAt: repository.pushedAt.get(imageDigest) ?? repository.description.createdAt,
      imageManifestMediaType: manifest.mediaType,
      imageStatus: 'ACTIVE',
    })
  }
  return details
}

function compressedSize(manifest: Buffer): number {
  const { layers = [] } = JSON.parse(manifest.toString('utf8')) as { layers?: { size: number }[] }
  return layers.reduce((sum, { size }) => sum + size, 0)
}
