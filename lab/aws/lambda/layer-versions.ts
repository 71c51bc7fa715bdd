import type {
  GetLayerVersionByArnCommandInput,
  GetLayerVersionResponse,
  ListLayersCommandInput,
  ListLayersCommandOutput,
  ListLayerVersionsCommandInput,
  ListLayerVersionsCommandOutput,
  PublishLayerVersionCommandInput,
} from '@aws-sdk/client-lambda'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import { unzipped, type ZipScope, zipOf } from './code-source.ts'
import { lambdaErrors } from './errors.ts'
import type { LayerId, Layers, LayerVersion } from './layer-store.ts'
import { page } from './page.ts'

export type LayerScope = ZipScope & { readonly layers: Layers }

/** The model's limits of members: [most, its name in AWS's words]. */
const MOST = { CompatibleRuntimes: 15, CompatibleArchitectures: 2, Description: 256, LicenseInfo: 512 } as const

export function publishLayerVersion(
  input: PublishLayerVersionCommandInput,
  scope: LayerScope,
): GetLayerVersionResponse {
  const { layers } = scope
  const layer = layers.layer(input)
  for (const [name, most] of Object.entries(MOST)) {
    const value = input[name as keyof typeof MOST]
    if (value !== undefined && value.length > most) throw tooLong(name, most)
  }
  const archive = zipOf((input.Content ?? {}) as Parameters<typeof zipOf>[0], 'PublishLayerVersion', scope)
  const unzippedSize = unzipped(archive)
  const Version = layer.lastVersion + 1
  const published: LayerVersion = {
    item: {
      LayerVersionArn: `${layer.arn}:${Version}`,
      Version,
      Description: input.Description ?? '',
      CreatedDate: new Date().toISOString().replace('Z', '+0000'),
      ...(input.CompatibleRuntimes && { CompatibleRuntimes: input.CompatibleRuntimes }),
      ...(input.CompatibleArchitectures && { CompatibleArchitectures: input.CompatibleArchitectures }),
      ...(input.LicenseInfo && { LicenseInfo: input.LicenseInfo }),
    },
    archive,
    unzippedSize,
  }
  layers.add(layer, published)
  return shown(published, layer.arn, scope)
}

export function getLayerVersion(input: LayerId, scope: LayerScope): GetLayerVersionResponse {
  return shown(scope.layers.version(input), scope.layers.layer(input).arn, scope)
}

export function getLayerVersionByArn(
  { Arn = '' }: GetLayerVersionByArnCommandInput,
  scope: LayerScope,
): GetLayerVersionResponse {
  const [, LayerName, VersionNumber] = /^(.+):(\d+)$/.exec(Arn) ?? []
  if (LayerName === undefined) {
    throw lambdaErrors.invalidParameter(
      `1 validation error detected: Value '${Arn}' at 'arn' failed to satisfy constraint: Member must satisfy regular expression pattern`,
    )
  }
  return getLayerVersion({ LayerName, VersionNumber }, scope)
}

/** Newest first; an unknown layer has none. */
export function listLayerVersions(
  input: ListLayerVersionsCommandInput,
  { layers }: LayerScope,
): Output<ListLayerVersionsCommandOutput> {
  const items = layers.layer(input).versions.map(({ item }) => item)
  const { shown: LayerVersions, next } = page(items.toReversed(), input)
  return { LayerVersions, ...next }
}

export function listLayers(input: ListLayersCommandInput, { layers }: LayerScope): Output<ListLayersCommandOutput> {
  const items = layers.all().map(({ name, arn, versions }) => {
    const newest = versions.at(-1)
    return { LayerName: name, LayerArn: arn, ...(newest && { LatestMatchingVersion: newest.item }) }
  })
  const { shown: Layers, next } = page(items, input)
  return { Layers, ...next }
}

/** Of one that is not there too: 204 (recorded from AWS). */
export function deleteLayerVersion(input: LayerId, { layers }: LayerScope): undefined {
  const { versions } = layers.layer(input)
  const index = versions.findIndex(({ item }) => item.Version === Number(input.VersionNumber))
  if (index !== -1) versions.splice(index, 1)
}

function shown({ item, archive }: LayerVersion, LayerArn: string, { archives }: LayerScope): GetLayerVersionResponse {
  const { codeSha256: CodeSha256, bytes } = archive
  return {
    ...item,
    LayerArn,
    Content: { Location: archives.location(archive), CodeSha256, CodeSize: bytes.length },
  }
}

function tooLong(name: string, most: number): ServiceError {
  const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
  return new ServiceError(
    'ValidationException',
    400,
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  )
}
