import { parseFunctionName } from '../../inputs/aws-names.ts'
import type { DeployPlan, PublishPlan } from '../../plan/plan.ts'
import type { Puller } from '../../publish/preflight/pull-permission.ts'

/** Whose function pulls from a repository of the account `owner`; `undefined`: nobody told its account. */
export function functionPuller(
  { functionName, account, region }: Pick<DeployPlan, 'functionName' | 'account' | 'region'>,
  { registryId }: Pick<PublishPlan, 'registryId'>,
  owner: string,
): Puller | undefined {
  const name = parseFunctionName(functionName)?.name
  // Without `registry-id` the repository is the caller's, and so is a function that is given by its name.
  const known = account ?? (registryId === undefined ? owner : undefined)
  return known === undefined || name === undefined ? undefined : { account: known, region, functionName: name }
}
