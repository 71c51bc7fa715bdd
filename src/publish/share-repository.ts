import { ActionError } from '../errors.ts'
import type { Ecr, Repository } from '../ports/ecr.ts'
import type { Log } from '../ports/log.ts'
import { type PullAccess, withPullAccess } from './pull-access.ts'

/** Lets functions of `accounts` pull from the repository; nothing is written when its policy grants that already. */
export async function shareRepository(
  repository: Repository,
  place: { readonly accounts: readonly string[]; readonly region: string },
  { ecr, log }: { readonly ecr: Ecr; readonly log: Log },
): Promise<void> {
  const access: PullAccess = { ...place, partition: partitionOf(repository.arn) }
  const merged = merge(repository, await ecr.policy(repository), access)
  if (merged === undefined) {
    log.info(`${repository.name} is shared with ${place.accounts.join(', ')} already.`)
    return
  }
  await ecr.setPolicy(repository, merged.policyText)
  log.info(`Functions of ${merged.added.join(', ')} may now pull from ${repository.uri}.`)
}

/** Partition of an ARN: `aws`, `aws-cn`, … */
export function partitionOf(arn: string): string {
  return arn.split(':')[1] || 'aws'
}

function merge(repository: Repository, policyText: string | undefined, access: PullAccess) {
  try {
    return withPullAccess(policyText, access)
  } catch (cause) {
    throw new ActionError('aws-error', `The policy of ${repository.uri} cannot be read as JSON.`, {
      help: 'Look at it with aws ecr get-repository-policy, and correct it by hand once.',
      cause,
    })
  }
}
