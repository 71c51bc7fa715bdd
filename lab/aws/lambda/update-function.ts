import type {
  FunctionConfiguration,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda'
import type { Faults } from '../faults.ts'
import { UNZIPPED, unzipped, type ZipScope, zipOf } from './code-source.ts'
import { zipFacts } from './create-function.ts'
import { lambdaErrors } from './errors.ts'
import { begin, type Revision } from './function.ts'
import { attachedLayers, layerBytes } from './function-layers.ts'
import type { Functions } from './functions.ts'
import type { Layers } from './layer-store.ts'
import { type ImageScope, resolveSourceImage } from './source-image.ts'
import { publish } from './versions.ts'

export type UpdateScope = ZipScope & {
  readonly functions: Functions
  readonly layers: Layers
  readonly faults: Faults
  readonly images: ImageScope
  readonly pollsUntilUpdated: number
}

export async function updateFunctionCode(
  input: UpdateFunctionCodeCommandInput,
  scope: UpdateScope,
): Promise<FunctionConfiguration> {
  const updated = scope.functions.writable(input)
  const { latest } = updated
  const isImage = latest.configuration.PackageType === 'Image'
  if (isImage && input.ImageUri === undefined) {
    throw lambdaErrors.invalidParameter('Please provide ImageUri when updating a function with packageType Image.')
  }
  if (!isImage && input.ImageUri !== undefined) {
    throw lambdaErrors.invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.")
  }
  const image = input.ImageUri === undefined ? undefined : await resolveSourceImage(input.ImageUri, scope.images)
  const archive = image === undefined ? zipOf(input, 'UpdateFunctionCode', scope) : undefined
  if (archive !== undefined) {
    unzipped(archive, UNZIPPED - layerBytes(latest.configuration.Layers ?? [], scope.layers))
  }
  const zip = archive && zipFacts(archive)
  const changed = {
    CodeSha256: image?.codeSha256 ?? zip?.codeSha256,
    CodeSize: zip?.codeSize ?? 0,
    ...(input.Architectures && { Architectures: input.Architectures }),
  }
  if (input.DryRun) return { ...latest.configuration, ...changed }
  Object.assign(latest.configuration, changed)
  if (image !== undefined) {
    latest.code = { packageType: 'Image', imageUri: image.imageUri, resolvedImageUri: image.resolvedImageUri }
  } else if (archive !== undefined) latest.code = { packageType: 'Zip', archive }
  const outcome = { ...(image?.failed && { failed: image.failed }), ...scope.faults.outcome('update', updated.name) }
  begin(latest, 'update', outcome, scope.pollsUntilUpdated)
  return { ...(input.Publish ? publish(updated) : latest).configuration }
}

export function updateFunctionConfiguration(
  input: UpdateFunctionConfigurationCommandInput,
  scope: UpdateScope,
): FunctionConfiguration {
  const { name, latest } = scope.functions.writable(input)
  const { configuration } = latest
  if (input.Layers !== undefined) setLayers(latest, input.Layers, scope.layers)
  if (input.Role !== undefined) configuration.Role = input.Role
  if (input.Description !== undefined) configuration.Description = input.Description
  if (input.Timeout !== undefined) configuration.Timeout = input.Timeout
  if (input.MemorySize !== undefined) configuration.MemorySize = input.MemorySize
  if (input.Environment !== undefined) configuration.Environment = { Variables: { ...input.Environment.Variables } }
  if (input.ImageConfig !== undefined) configuration.ImageConfigResponse = { ImageConfig: input.ImageConfig }
  if (input.EphemeralStorage !== undefined) configuration.EphemeralStorage = input.EphemeralStorage
  begin(latest, 'update', scope.faults.outcome('update', name), scope.pollsUntilUpdated)
  return { ...configuration }
}

/** The whole list at once: what is not in it is taken off. */
function setLayers({ configuration, code }: Revision, arns: readonly string[], layers: Layers): void {
  if (code.packageType === 'Image') {
    throw lambdaErrors.invalidParameter('Lambda layers are not supported for functions created with container images.')
  }
  const attached = attachedLayers(arns, unzipped(code.archive), layers)
  if (attached.length > 0) configuration.Layers = attached
  else delete configuration.Layers
}
