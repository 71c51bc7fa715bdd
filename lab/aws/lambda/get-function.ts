import type { FunctionConfiguration, GetFunctionCommandOutput } from '@aws-sdk/client-lambda'
import type { Output } from '../operations.ts'
import type { FunctionId, Functions } from './functions.ts'

export function getFunction(input: FunctionId, functions: Functions): Output<GetFunctionCommandOutput> {
  const { tags } = functions.get(input)
  const revision = functions.revision(input)
  const Configuration = functions.polled(revision)
  const { code } = revision
  const Code =
    code.packageType === 'Image'
      ? { RepositoryType: 'ECR', ImageUri: code.imageUri, ResolvedImageUri: code.resolvedImageUri }
      : { RepositoryType: 'S3', Location: 'https://stand-in.invalid/code.zip?X-Amz-Signature=secret' }
  return { Configuration, Code, ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }) }
}

export function getFunctionConfiguration(input: FunctionId, functions: Functions): FunctionConfiguration {
  return functions.polled(functions.revision(input))
}
