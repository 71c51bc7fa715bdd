import { ActionError } from '../../errors.ts'
import type { LayerApi, LayerGrant } from '../../ports/layer-api.ts'
import type { Log } from '../../ports/log.ts'
import { grantFor, type ReadPolicy, readPolicy, type Sharee } from './layer-grants.ts'

export type SharePorts = { readonly layers: LayerApi; readonly log: Log }

/** What a version's policy grants. Rejects with aws-error for a policy that cannot be read as one. */
export async function policyOf(arn: string, { layers }: SharePorts): Promise<ReadPolicy> {
  const text = await layers.policy(arn)
  try {
    return readPolicy(text)
  } catch (error) {
    throw new ActionError('aws-error', `The policy of ${arn} is no JSON.`, {
      help: 'Look at it with aws lambda get-layer-version-policy.',
      cause: error,
    })
  }
}

/**
 * Lets one sharee use the version, unless the policy does already. `false`: nothing was written. A statement that another
 * run has added meanwhile is as good.
 */
export async function share(arn: string, sharee: Sharee, policy: ReadPolicy, ports: SharePorts): Promise<boolean> {
  if (policy.sharees.includes(sharee)) return false
  const grant = freeGrant(grantFor(sharee), policy.statementIds)
  if ((await ports.layers.grant(arn, grant)) === 'added') {
    ports.log.info(`${arn} can be used by ${inWords(sharee)} (statement ${grant.statementId}).`)
    return true
  }
  const now = await policyOf(arn, ports)
  if (now.sharees.includes(sharee)) return false
  throw new ActionError('conflict', `The statement id ${grant.statementId} of ${arn} stands for something else.`, {
    help: `Another run changes the policy at the same time: run the job again, or remove the statement: aws lambda remove-layer-version-permission --layer-name ${arn.slice(0, arn.lastIndexOf(':'))} --version-number ${arn.slice(arn.lastIndexOf(':') + 1)} --statement-id ${grant.statementId}`,
  })
}

/** `account 123456789012`, `organization o-…`, `every AWS account`. */
export function inWords(sharee: Sharee): string {
  if (sharee === '*') return 'every AWS account'
  return sharee.startsWith('org:') ? `organization ${sharee.slice('org:'.length)}` : `account ${sharee}`
}

/** Our id may stand for something that somebody else has written: then the next number is as deterministic. */
function freeGrant(grant: LayerGrant, taken: readonly string[]): LayerGrant {
  for (let number = 1; ; number += 1) {
    const statementId = number === 1 ? grant.statementId : `${grant.statementId}-${number}`
    if (!taken.includes(statementId)) return { ...grant, statementId }
  }
}
