import { ActionError } from '../../errors.ts'
import type { AttachPlan } from '../../plan/plan.ts'
import type { LambdaFunction } from '../../ports/lambda-api.ts'
import type { LayerPublication } from '../../report/report.ts'
import type { Deployed } from '../deploy-function.ts'
import type { DeployPorts } from '../deployment.ts'
import { persist } from '../patience.ts'
import { remedyFor } from '../reasons.ts'
import type { Rollout } from '../rollout.ts'
import { functionState, judgeState, stateLine } from '../state.ts'
import { withLayer } from './layer-list.ts'
import { type AttachableLayer, layerMismatch } from './layer-mismatch.ts'

export type AttachRequest = {
  readonly plan: AttachPlan
  readonly layer: AttachableLayer
  readonly publication: Pick<LayerPublication, 'layerVersionArn'>
  /** Milliseconds since the epoch. */
  readonly deadline: number
}

/**
 * Gives the function the layer version in the place of the version it had, and changes nothing else; nothing is sent when it
 * has this one. Whatever is in progress is waited for. Rejects with function-not-found, package-type-mismatch, invalid-input
 * (architecture, runtime, number of layers), layer-invalid, conflict, or what the ports reject with.
 */
export async function attachLayer(request: AttachRequest, ports: DeployPorts): Promise<Deployed> {
  return await persist(() => attempt(request, ports), request.deadline, ports)
}

/** The function as it is now, when the layer fits it. Rejects as `attachLayer` does. */
export async function attachable(
  { functionName, region }: AttachPlan,
  layer: AttachableLayer,
  { lambda }: Pick<DeployPorts, 'lambda'>,
): Promise<LambdaFunction> {
  const found = await lambda.getFunction(functionName)
  if (found === undefined) throw noFunction(functionName, region)
  const mismatch = layerMismatch(found, layer)
  if (mismatch !== undefined) throw mismatch
  return found
}

async function attempt(request: AttachRequest, ports: DeployPorts): Promise<Deployed> {
  const { plan, layer, publication } = request
  const { lambda, log, known } = ports
  const { functionName } = plan
  const arn = publication.layerVersionArn
  const found = await attachable(plan, layer, ports)
  const { functionArn, layers = [] } = found
  const deployment = { functionArn, before: functionState({ ...found, layers }), waitedSeconds: 0, polls: 0 }
  known(deployment)
  // Its revision is about to change by itself (aws.md §5.4), and an update that is under way may bring other layers.
  if (judgeState(found).phase === 'wait') {
    throw passing(`${functionName} is ${stateLine(found)}: an earlier change is still in progress.`)
  }
  const wanted = withLayer(layers, arn)
  if (wanted.join() === layers.join() && judgeState(found).phase === 'done') {
    log.info(`${functionName} has ${arn} already: nothing is sent.`)
    return { change: 'none', deployment }
  }
  const answer = await lambda.setLayers(functionName, wanted, found.revisionId)
  if (answer.outcome === 'revision-changed') throw passing(`${functionName} was changed by somebody else just now.`)
  log.info(`${functionName} is given ${wanted.join(', ')}: ${stateLine(answer.configuration)}`)
  return { change: 'updated', deployment }
}

/** What waiting must know: a layer does not show in CodeSha256, only in the list. */
export function layerRollout({ plan, publication, deadline }: AttachRequest): Rollout {
  const arn = publication.layerVersionArn
  return {
    plan,
    deadline,
    isDeployed: ({ layers }) => layers?.includes(arn) === true,
    instead: ({ layers = [] }) => `does not have ${arn} (its layers: ${layers.join(', ') || 'none'})`,
    settled: (state) => state,
    remedy: remedyFor,
  }
}

export function noFunction(functionName: string, region: string): ActionError {
  return new ActionError('function-not-found', `There is no function ${functionName} in ${region}.`, {
    help: 'A layer is attached to a function that exists: check `function-name` and `aws-region`, and the account of the credentials.',
  })
}

function passing(message: string): ActionError {
  return new ActionError('conflict', message, {
    help: 'Another deployment holds the function: use one concurrency group for all jobs that deploy it, or give wait-timeout more seconds; then run the job again.',
  })
}
