import { ActionError } from '../errors.ts'
import { imageUri } from '../publish/image-uri.ts'
import type { Deployed } from './deploy-function.ts'
import type { DeployPorts, DeployRequest } from './deployment.ts'
import { imageAccessDenied } from './image-access.ts'
import { persist } from './patience.ts'
import { stateLine } from './state.ts'

/** How long IAM may take to spread a role that was made just before, in milliseconds (failures.md row 31). */
const ROLE_PATIENCE = 60_000

class RoleNotAssumable extends ActionError {}

/** Creates the function from the image. Rejects with conflict when somebody else has created it meanwhile. */
export async function createFunction(
  request: DeployRequest,
  target: { readonly functionName: string; readonly role: string },
  ports: DeployPorts,
): Promise<Deployed> {
  const { plan, deadline } = request
  const { lambda, clock, log, known } = ports
  const { configuration } = await persist(
    async () => {
      const answer = await lambda.createFunction({
        ...target,
        imageUri: imageUri(request.image),
        architecture: request.architecture,
        ...plan.creation,
      })
      switch (answer.outcome) {
        case 'accepted':
          return answer
        case 'exists':
          throw alreadyThere(target.functionName)
        case 'role-not-assumable':
          throw notAssumable(target.role, answer.reason)
        case 'image-denied':
          throw imageAccessDenied(request, target.role, answer.reason)
      }
    },
    Math.min(deadline, clock.now() + ROLE_PATIENCE),
    ports,
    (error) => error instanceof RoleNotAssumable,
  )
  log.info(`Created ${configuration.functionArn} from ${imageUri(request.image)}: ${stateLine(configuration)}`)
  const deployment = { functionArn: configuration.functionArn, waitedSeconds: 0, polls: 0 }
  known(deployment)
  return { change: 'created', deployment }
}

function alreadyThere(functionName: string): ActionError {
  return new ActionError('conflict', `${functionName} was created by somebody else just now.`, {
    help: 'Use one concurrency group for all jobs that deploy this function, then run the job again.',
  })
}

function notAssumable(role: string, reason: string): RoleNotAssumable {
  return new RoleNotAssumable('access-denied', `${reason} (${role})`, {
    help: 'The trust policy of the role must allow sts:AssumeRole to the service lambda.amazonaws.com. A role that was made a moment ago needs up to a minute: then run the job again.',
  })
}
