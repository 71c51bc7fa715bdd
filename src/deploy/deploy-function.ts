import { ActionError } from '../errors.ts'
import type { LambdaFunction } from '../ports/lambda-api.ts'
import { imageUri } from '../publish/image-uri.ts'
import type { Deployment } from '../report/report.ts'
import { createFunction } from './create-function.ts'
import type { DeployPorts, DeployRequest } from './deployment.ts'
import { functionMismatch } from './function-mismatch.ts'
import { unqualifiedName } from './function-name.ts'
import { imageAccessDenied } from './image-access.ts'
import { persist } from './patience.ts'
import { runsImage } from './running-image.ts'
import { functionState, judgeState, stateLine } from './state.ts'
import { updateUnlessStuck } from './stuck-function.ts'

export type Deployed = { readonly change: 'none' | 'updated' | 'created'; readonly deployment: Deployment }

/**
 * Gives the function the image by digest, and nothing else (contract §4.4), or creates it when it does not exist and the
 * plan has a role; nothing is sent when it runs this digest already. Whatever is in progress is waited for. Rejects with
 * function-not-found, package-type-mismatch, invalid-input (architecture), function-failed, conflict, or what the ports reject with.
 */
export async function deployFunction(request: DeployRequest, ports: DeployPorts): Promise<Deployed> {
  const { plan, deadline } = request
  const functionName = unqualifiedName(plan.functionName, ports.log)
  return await persist(() => attempt(request, functionName, ports), deadline, ports)
}

/** One try; what passes by itself is thrown as conflict or throttled, and everything is read anew by the next one. */
async function attempt(request: DeployRequest, functionName: string, ports: DeployPorts): Promise<Deployed> {
  const { plan, architecture, image } = request
  const { lambda, log, known } = ports
  const found = await lambda.getFunction(functionName)
  if (found === undefined) {
    if (plan.role === undefined) throw functionNotFound(functionName, plan.region)
    return await createFunction(request, { functionName, role: plan.role }, ports)
  }
  const deployment = before(found)
  known(deployment)
  const mismatch = functionMismatch(found, architecture)
  if (mismatch !== undefined) throw mismatch
  // Its revision is about to change by itself (aws.md §5.4), and what it will be then decides whether an update is needed.
  if (judgeState(found).phase === 'wait') {
    throw passing(`${functionName} is ${stateLine(found)}: an earlier change is still in progress.`)
  }
  if (runsImage(found, image)) {
    log.info(`${functionName} runs ${image.digest} already: nothing is sent.`)
    return { change: 'none', deployment }
  }
  const answer = await updateUnlessStuck(found, () =>
    lambda.updateFunctionCode(functionName, imageUri(image), found.revisionId),
  )
  switch (answer.outcome) {
    case 'accepted':
      log.info(`${functionName} is given ${imageUri(image)}: ${stateLine(answer.configuration)}`)
      return { change: 'updated', deployment }
    case 'revision-changed':
      throw passing(`${functionName} was changed by somebody else just now.`)
    case 'image-denied':
      throw imageAccessDenied(request, found.functionArn, answer.reason)
  }
}

function before(found: LambdaFunction): Deployment {
  return {
    functionArn: found.functionArn,
    before: functionState(found, found.resolvedImageUri ?? found.imageUri),
    waitedSeconds: 0,
    polls: 0,
  }
}

function passing(message: string): ActionError {
  return new ActionError('conflict', message, {
    help: 'Another deployment holds the function: use one concurrency group for all jobs that deploy it, or give wait-timeout more seconds; then run the job again.',
  })
}

function functionNotFound(functionName: string, region: string): ActionError {
  return new ActionError('function-not-found', `There is no function ${functionName} in ${region}.`, {
    help: 'Give role (the ARN of an execution role) to have it created from this image, or check function-name, aws-region, and whose credentials these are.',
  })
}
