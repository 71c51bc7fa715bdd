import type { Context } from '../context.ts'
import { ecrReference } from '../image-reference.ts'
import { parseFunctionName } from '../inputs/aws-names.ts'
import type { Inputs } from '../inputs/read-inputs.ts'

/** Repository that an image goes to: `repository`, else the one that `image` already stands in. */
export function targetRepository(
  inputs: Inputs,
): { readonly name: string; readonly registryId?: string; readonly region?: string } | undefined {
  if (inputs.repository !== undefined) return { name: inputs.repository }
  const own = ecrReference(inputs.image ?? '')
  return own === undefined ? undefined : { name: own.repository, registryId: own.registryId, region: own.region }
}

/** Region of the repository and the function: by input, else of the environment. */
export function regionOf(inputs: Inputs, context: Context): string | undefined {
  return inputs['aws-region'] ?? context.region
}

/** The function's name or ARN as the API takes it: without the qualifier, which updates refuse. */
export function unqualifiedFunction(inputs: Inputs): string | undefined {
  return parseFunctionName(inputs['function-name'] ?? '')?.unqualified
}
