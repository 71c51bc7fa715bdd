import { randomUUID } from 'node:crypto'
import type { CreateFunctionCommandInput, FunctionConfiguration, Layer } from '@aws-sdk/client-lambda'
import type { Archive } from '../archives.ts'
import type { Faults } from '../faults.ts'
import { unzipped, type ZipScope, zipOf } from './code-source.ts'
import { lambdaErrors } from './errors.ts'
import { begin, type Code, type LambdaFunction, type Revision } from './function.ts'
import { attachedLayers } from './function-layers.ts'
import { parseFunctionName } from './function-name.ts'
import type { Functions } from './functions.ts'
import type { Layers } from './layer-store.ts'
import { type ImageScope, resolveSourceImage, type SourceImage } from './source-image.ts'
import { publish } from './versions.ts'

export type CreateScope = ZipScope & {
  readonly functions: Functions
  readonly layers: Layers
  readonly faults: Faults
  readonly images: ImageScope
  readonly pollsUntilActive: number
}

export async function createFunction(
  input: CreateFunctionCommandInput,
  scope: CreateScope,
): Promise<FunctionConfiguration> {
  const { functions } = scope
  const { name } = parseFunctionName(input, functions)
  if (!/^arn:(aws[a-z-]*):iam::\d{12}:role\/./.test(input.Role ?? '')) {
    throw lambdaErrors.invalidParameter(
      `1 validation error detected: Value '${input.Role ?? ''}' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+`,
    )
  }
  const source = await readCode(input, scope)
  const arn = functions.arn(name)
  const { image, archive } = source
  const code: Code =
    image === undefined
      ? { packageType: 'Zip', archive }
      : { packageType: 'Image', imageUri: image.imageUri, resolvedImageUri: image.resolvedImageUri }
  const latest: Revision = { configuration: initialConfiguration(input, name, arn, source), code, running: code }
  const created: LambdaFunction = {
    name,
    arn,
    latest,
    versions: [],
    aliases: new Map(),
    tags: { ...input.Tags },
  }
  functions.add(created)
  const failed = image?.failed
  begin(
    latest,
    'create',
    { ...(failed && { failed }), ...scope.faults.outcome('create', name) },
    scope.pollsUntilActive,
  )
  return { ...(input.Publish ? publish(created) : latest).configuration }
}

type Source = { readonly codeSha256: string; readonly codeSize: number; readonly layers?: Layer[] } & (
  | { readonly image: SourceImage; readonly archive?: undefined }
  | { readonly image?: undefined; readonly archive: Archive }
)

async function readCode(input: CreateFunctionCommandInput, scope: CreateScope): Promise<Source> {
  const { ImageUri } = input.Code ?? {}
  if (input.PackageType === 'Image') {
    if (ImageUri === undefined) {
      throw lambdaErrors.invalidParameter('Please provide ImageUri when creating a function with packageType Image.')
    }
    if (input.Handler !== undefined || input.Runtime !== undefined || (input.Layers ?? []).length > 0) {
      throw lambdaErrors.invalidParameter(
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
      )
    }
    const image = await resolveSourceImage(ImageUri, scope.images)
    return { image, codeSha256: image.codeSha256, codeSize: 0 }
  }
  if (ImageUri !== undefined) {
    throw lambdaErrors.invalidParameter("Please don't provide ImageUri when creating a function with packageType Zip.")
  }
  if (input.Handler === undefined || input.Runtime === undefined) {
    throw lambdaErrors.invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  const archive = zipOf(input.Code ?? {}, 'CreateFunction', scope)
  const layers = attachedLayers(input.Layers ?? [], unzipped(archive), scope.layers)
  return { archive, ...zipFacts(archive), ...(layers.length > 0 && { layers }) }
}

/** What a configuration shows of a zip; its CodeSha256 is base64, unlike an image's. */
export function zipFacts({ codeSha256, bytes }: Archive): { codeSha256: string; codeSize: number } {
  return { codeSha256, codeSize: bytes.length }
}

function initialConfiguration(
  input: CreateFunctionCommandInput,
  name: string,
  arn: string,
  source: Source,
): Revision['configuration'] {
  return {
    FunctionName: name,
    FunctionArn: arn,
    ...(input.Runtime && { Runtime: input.Runtime }),
    ...(input.Handler && { Handler: input.Handler }),
    ...(source.layers && { Layers: source.layers }),
    Role: input.Role ?? '',
    CodeSize: source.codeSize,
    Description: input.Description ?? '',
    Timeout: input.Timeout ?? 3,
    MemorySize: input.MemorySize ?? 128,
    CodeSha256: source.codeSha256,
    Version: '$LATEST',
    ...(input.Environment && { Environment: { Variables: { ...input.Environment.Variables } } }),
    ...(input.ImageConfig && { ImageConfigResponse: { ImageConfig: input.ImageConfig } }),
    TracingConfig: { Mode: input.TracingConfig?.Mode ?? 'PassThrough' },
    RevisionId: randomUUID(),
    PackageType: input.PackageType ?? 'Zip',
    Architectures: input.Architectures ?? ['x86_64'],
    EphemeralStorage: { Size: input.EphemeralStorage?.Size ?? 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
  }
}
