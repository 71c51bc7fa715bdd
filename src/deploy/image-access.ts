import { ActionError } from '../errors.ts'
import { ownPullStatement, pullStatements } from '../publish/pull-access.ts'
import type { DeployRequest } from './deployment.ts'

/** Lambda may not pull the image, in its own words; `arn` is that of the function or of its role. */
export function imageAccessDenied(request: DeployRequest, arn: string, reason: string): ActionError {
  const { repositoryUri } = request.image
  return new ActionError('access-denied', `${repositoryUri}: ${reason}`, { help: imageAccessHelp(request, arn) })
}

/** What the repository's policy must say for the function's account, ready to paste. */
export function imageAccessHelp({ plan, registryId }: DeployRequest, arn: string): string {
  const [, partition = 'aws', , , account = ''] = arn.split(':')
  if (registryId === undefined || registryId === account) {
    return `Lambda writes the policy of a repository of its own account itself when the caller may: allow ecr:GetRepositoryPolicy and ecr:SetRepositoryPolicy on the repository to the role of this job, then run the job again; or add this statement to the policy of the repository:\n${JSON.stringify([ownPullStatement()], undefined, 2)}`
  }
  const statements = pullStatements({ accounts: [account], region: plan.region, partition })
  return `The repository is of account ${registryId}, the function of ${account}. Run once with share-with: ${account} and credentials of ${registryId}, or add these statements to the policy of the repository:\n${JSON.stringify(statements, undefined, 2)}`
}
