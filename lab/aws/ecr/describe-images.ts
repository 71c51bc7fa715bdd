import type { DescribeImagesCommandInput, DescribeImagesCommandOutput, ImageDetail } from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import type { ImageStore } from './image-store.ts'
import type { RegistryClient } from './registry-client.ts'
import type { Repository } from './repository.ts'

export async function describeImages(
  input: DescribeImagesCommandInput,
  scope: ImageStore,
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
