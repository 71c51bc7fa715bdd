import type { Layer } from '@aws-sdk/client-lambda'
import { ServiceError } from '../service-error.ts'
import { UNZIPPED } from './code-source.ts'
import { lambdaErrors } from './errors.ts'
import type { Layers, LayerVersion } from './layer-store.ts'

const CALLER = 'arn:aws:sts::123456789012:assumed-role/ci/lambda-parity'

/** The layers as a function has them, or the refusal in AWS's words. `codeBytes`: the function's own code, unpacked. */
export function attachedLayers(arns: readonly string[], codeBytes: number, layers: Layers): Layer[] {
  if (arns.length > 5) throw lambdaErrors.invalidParameter('Cannot reference more than 5 layers.')
  const found = arns.map((arn) => layerVersion(arn, layers))
  for (const [index, arn] of arns.entries()) {
    const twin = arns.slice(0, index).find((other) => layerOf(other) === layerOf(arn))
    if (twin !== undefined) {
      throw lambdaErrors.invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${twin} and ${arn} are versions of the same layer.`,
      )
    }
  }
  const bytes = found.reduce((sum, { unzippedSize }) => sum + unzippedSize, codeBytes)
  if (bytes > UNZIPPED) {
    throw lambdaErrors.invalidParameter(
      `Function code combined with layers exceeds the maximum allowed size of ${UNZIPPED} bytes. The actual size is ${bytes} bytes.`,
    )
  }
  return found.map(({ item, archive }) => ({ Arn: item.LayerVersionArn, CodeSize: archive.bytes.length }))
}

/** Unpacked bytes of the layers that a function has. */
export function layerBytes(attached: readonly Layer[], layers: Layers): number {
  return attached.reduce((sum, { Arn = '' }) => sum + (layers.published(Arn)?.unzippedSize ?? 0), 0)
}

function layerVersion(arn: string, layers: Layers): LayerVersion {
  const [, region, account] = /^arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):layer:[^:]+:\d+$/.exec(arn) ?? []
  if (region === undefined) {
    throw new ServiceError(
      'ValidationException',
      400,
      `1 validation error detected: Value '[${arn}]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must satisfy regular expression pattern]`,
    )
  }
  if (region !== layers.region) {
    throw lambdaErrors.invalidParameter(
      `Layers are not in the same region as the function. Layers are expected to be in region ${layers.region}.`,
    )
  }
  if (account !== layers.accountId) {
    throw new ServiceError(
      'AccessDeniedException',
      403,
      `User: ${CALLER} is not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows the lambda:GetLayerVersion action`,
    )
  }
  const found = layers.published(arn)
  if (found === undefined) throw lambdaErrors.invalidParameter(`Layer version ${arn} does not exist.`)
  return found
}

function layerOf(arn: string): string {
  return arn.slice(0, arn.lastIndexOf(':'))
}
