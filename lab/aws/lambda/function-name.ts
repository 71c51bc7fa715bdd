import { lambdaErrors } from './errors.ts'

type Place = { readonly accountId: string; readonly region: string }

const NAME =
  /^(?:arn:(?<partition>aws[a-z-]*):lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/

/** A function's name, partial ARN or ARN, each with or without a qualifier; an explicit Qualifier must not disagree. */
export function parseFunctionName(
  id: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
  place: Place,
): { name: string; qualifier?: string } {
  const groups = NAME.exec(id.FunctionName ?? '')?.groups
  const name = groups?.name
  if (groups === undefined || name === undefined) {
    throw lambdaErrors.invalidParameter(
      `1 validation error detected: Value '${id.FunctionName ?? ''}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern`,
    )
  }
  if (groups.region !== undefined && groups.region !== place.region) {
    throw lambdaErrors.notFound(
      `Functions from '${groups.region}' are not reachable in this region ('${place.region}')`,
    )
  }
  const qualifier = id.Qualifier ?? groups.qualifier
  if (id.Qualifier !== undefined && groups.qualifier !== undefined && id.Qualifier !== groups.qualifier) {
    throw lambdaErrors.invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  }
  return { name, ...(qualifier !== undefined && { qualifier }) }
}

export function functionArn(name: string, place: Place): string {
  return `arn:aws:lambda:${place.region}:${place.accountId}:function:${name}`
}
