import type { Repositories } from './ecr/repository.ts'
import type { Functions } from './lambda/functions.ts'
import type { Layers } from './lambda/layer-store.ts'
import type { OperationRequest } from './protocol/operation-request.ts'

type Scope = { readonly repositories: Repositories; readonly functions: Functions; readonly layers: Layers }

/** What a denial of the request names as its resource. */
export function resourceArn(
  { service, operation, input }: OperationRequest,
  { repositories, functions, layers }: Scope,
): string {
  switch (service) {
    case 's3':
      return `arn:aws:s3:::${[input.Bucket, input.Key].filter(Boolean).join('/')}`
    case 'lambda':
      if (typeof input.Arn === 'string') return input.Arn
      if (typeof input.LayerName === 'string') return layerArn(input.LayerName, input.VersionNumber, layers)
      // Lists of everything have no resource of their own.
      return operation.startsWith('List') && input.FunctionName === undefined
        ? '*'
        : functions.arn(String(input.FunctionName))
    default:
      return repositories.find(String(input.repositoryName))?.description.repositoryArn ?? '*'
  }
}

function layerArn(name: string, version: unknown, layers: Layers): string {
  const arn = name.startsWith('arn:') ? name : layers.arn(name)
  return version === undefined ? arn : `${arn}:${version}`
}
