import { MANIFEST_MEDIA_TYPES, type RegistryClient, type StoredManifest } from '../ecr/registry-client.ts'
import type { Repositories, Repository } from '../ecr/repository.ts'
import { ServiceError } from '../service-error.ts'
import { lambdaErrors } from './errors.ts'

/** An image as Lambda takes it in: named once, from then on known by its digest. */
export type SourceImage = {
  readonly imageUri: string
  readonly resolvedImageUri: string
  /** Lower-case hex of the manifest's digest: the CodeSha256 of an image function. */
  readonly codeSha256: string
  /** A fault that Lambda finds only while it prepares the image. */
  readonly failed?: { readonly code: string; readonly reason: string }
}

export type ImageScope = {
  readonly registryHost: string
  readonly registry: RegistryClient
  readonly repositories: Repositories
}

type Manifest = {
  readonly config?: { readonly mediaType: string; readonly digest: string }
  readonly layers?: readonly { readonly mediaType: string; readonly digest: string }[]
}

const UNCOMPRESSED_DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar'
const CONFIGS = ['application/vnd.docker.container.image.v1+json', 'application/vnd.oci.image.config.v1+json']
const LAYERS = [
  'application/vnd.docker.image.rootfs.diff.tar.gzip',
  'application/vnd.oci.image.layer.v1.tar+gzip',
  'application/vnd.oci.image.layer.v1.tar',
  UNCOMPRESSED_DOCKER_LAYER,
]

/** Resolves `host/repository(:tag|@digest)` in the registry, or refuses it in AWS's words. */
export async function resolveSourceImage(imageUri: string, scope: ImageScope): Promise<SourceImage> {
  const uri = parseImageUri(imageUri, scope.registryHost)
  if (uri === undefined) {
    throw lambdaErrors.invalidParameter(`Source image ${imageUri} is not valid. Provide a valid source image.`)
  }
  const repository = scope.repositories.find(uri.repository)
  const manifest = repository && (await scope.registry.manifest(uri.repository, uri.reference))
  if (repository === undefined || manifest === undefined) {
    throw lambdaErrors.invalidParameter(`Source image ${imageUri} does not exist. Provide a valid source image.`)
  }
  const otherAccount = repository.description.registryId !== scope.repositories.accountId
  if (otherAccount && !(repository.policyText ?? '').includes('lambda.amazonaws.com')) {
    throw new ServiceError(
      'AccessDeniedException',
      403,
      'Lambda does not have permission to access the ECR image. Check the ECR permissions.',
    )
  }
  if (!otherAccount) letLambdaPull(repository)
  const unusable = judge(manifest, imageUri)
  return {
    imageUri,
    resolvedImageUri: `${scope.registryHost}/${uri.repository}@${manifest.digest}`,
    codeSha256: manifest.digest.replace('sha256:', ''),
    ...(unusable && { failed: unusable }),
  }
}

/** In its own account Lambda writes the statement that it needs, with the rights of the caller. */
function letLambdaPull(repository: Repository): void {
  if (repository.policyText?.includes('lambda.amazonaws.com')) return
  const policy = JSON.parse(repository.policyText ?? '{"Version":"2012-10-17","Statement":[]}')
  const statement = {
    Sid: 'LambdaECRImageRetrievalPolicy',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  }
  repository.policyText = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] }, undefined, 2)
}

/** The `architecture` that the image's config states, in OCI's words. */
export async function imageArchitecture(resolvedImageUri: string, scope: ImageScope): Promise<string> {
  const uri = parseImageUri(resolvedImageUri, scope.registryHost)
  const manifest = uri && (await scope.registry.manifest(uri.repository, uri.reference))
  if (uri === undefined || manifest === undefined) return 'unknown'
  const { config } = JSON.parse(manifest.bytes.toString('utf8')) as Manifest
  const { architecture } = await scope.registry.blobJson(uri.repository, config?.digest ?? '')
  return String(architecture)
}

function parseImageUri(imageUri: string, registryHost: string): { repository: string; reference: string } | undefined {
  const parts = /^([^/]+)\/([a-z0-9._/-]+?)(?::([\w][\w.-]{0,127})|@(sha256:[0-9a-f]{64}))$/.exec(imageUri)
  const [, host, repository, tag, digest] = parts ?? []
  const reference = tag ?? digest
  if (host !== registryHost || repository === undefined || reference === undefined) return undefined
  return { repository, reference }
}

/** At once: a manifest that is an index, or whose types Lambda does not know. Later: a layer it cannot unpack. */
function judge({ mediaType, bytes }: StoredManifest, imageUri: string): SourceImage['failed'] {
  const { config, layers = [] } = JSON.parse(bytes.toString('utf8')) as Manifest
  const single = mediaType === MANIFEST_MEDIA_TYPES.dockerManifest || mediaType === MANIFEST_MEDIA_TYPES.ociManifest
  if (
    !single ||
    !CONFIGS.includes(config?.mediaType ?? '') ||
    layers.some((layer) => !LAYERS.includes(layer.mediaType))
  ) {
    throw lambdaErrors.invalidParameter(
      `The image manifest, config or layer media type for the source image ${imageUri} is not supported.`,
    )
  }
  const uncompressed = layers.find((layer) => layer.mediaType === UNCOMPRESSED_DOCKER_LAYER)
  return (
    uncompressed && {
      code: 'InvalidImage',
      reason: `ImageLayerFailure: UnsupportedImageLayerDetected - Layer Digest ${uncompressed.digest}`,
    }
  )
}
