import type {
  FunctionConfiguration,
  GetFunctionCommandOutput,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
} from '@aws-sdk/client-lambda'
import type { Archives } from '../archives.ts'
import type { Output } from '../operations.ts'
import type { FunctionId, Functions } from './functions.ts'
import { page } from './page.ts'

export function getFunction(
  input: FunctionId,
  { functions, archives }: { readonly functions: Functions; readonly archives: Archives },
): Output<GetFunctionCommandOutput> {
  const { tags } = functions.get(input)
  const revision = functions.revision(input)
  const Configuration = functions.polled(revision)
  const { code } = revision
  const Code =
    code.packageType === 'Image'
      ? { RepositoryType: 'ECR', ImageUri: code.imageUri, ResolvedImageUri: code.resolvedImageUri }
      : { RepositoryType: 'S3', Location: archives.location(code.archive) }
  return { Configuration, Code, ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }) }
}

export function getFunctionConfiguration(input: FunctionId, functions: Functions): FunctionConfiguration {
  return functions.polled(functions.revision(input))
}

/** A list leaves out what changes by itself; with `ALL` published versions are in it too. */
export function listFunctions(
  input: ListFunctionsCommandInput,
  functions: Functions,
): Output<ListFunctionsCommandOutput> {
  const all = functions.all().flatMap(({ latest, versions }) => {
    const revisions = input.FunctionVersion === 'ALL' ? [latest, ...versions] : [latest]
    return revisions.map(({ configuration }) => withoutState(configuration))
  })
  const { shown: Functions, next } = page(all, input)
  return { Functions, ...next }
}

function withoutState(configuration: FunctionConfiguration): FunctionConfiguration {
  const left = Object.entries(configuration).filter(([name]) => !/^(?:State|LastUpdateStatus)/.test(name))
  return Object.fromEntries(left)
}
