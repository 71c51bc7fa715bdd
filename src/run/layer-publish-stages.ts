import { attachable, attachLayer, layerRollout } from '../deploy/attach/attach-layer.ts'
import { layerOf, otherLayers } from '../deploy/attach/layer-list.ts'
import { otherVersions } from '../deploy/attach/other-versions.ts'
import { judgeSum, unzippedParts } from '../deploy/attach/unzipped-sum.ts'
import type { DeployPorts } from '../deploy/deployment.ts'
import { releaseVersion } from '../deploy/release-version.ts'
import { waitForFunction } from '../deploy/wait-for-function.ts'
import { ActionError } from '../errors.ts'
import { attachableLayer } from '../plan/layer-publish-plan.ts'
import { type AttachPlan, isSkipped, type LayerPlan, type LayerPublishPlan } from '../plan/plan.ts'
import { consumerStatement } from '../publish/layer/consumer-statement.ts'
import { attachWrites, layerWrites } from '../publish/layer/planned-writes.ts'
import {
  type LayerPublishPorts,
  type LayerToPublish,
  layerTarget,
  publishLayer,
} from '../publish/layer/publish-layer.ts'
import { megabytes } from '../report/environment-table.ts'
import type { Deployment, LayerPublication } from '../report/report.ts'
import { count } from '../report/verdict.ts'
import { NOT_DEPLOYED, outputDeployment, would } from './deploy-stages.ts'
import type { Known } from './known.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

type Run = {
  readonly known: Known
  readonly request: RunRequest
  readonly stages: StageRecorder
  readonly ports: RunPorts
}

/** Stages `publish`, `deploy` and `wait` of a layer. With `dry-run` they are skipped and say what they would write. */
export async function layerPublishStages(plan: LayerPlan, run: Run): Promise<void> {
  const { publish, deploy } = plan
  const { stages, ports, known } = run
  if (isSkipped(publish)) {
    stages.skip('publish', publish.skipped)
    skipDeploy(stages, isSkipped(deploy) ? deploy.skipped : NOT_DEPLOYED)
    return
  }
  if (!isSkipped(deploy)) await lookAtFunction(deploy, publish, run)
  const layer = layerToPublish(known, run)
  const publishPorts = layerPublishPorts(publish, run)
  if (plan.dryRun) {
    const target = await stages.run('publish', 'Publish', async () => {
      return { value: await layerTarget(publish, layer, publishPorts), detail: 'looked up' }
    })
    stages.skip('publish', would(layerWrites(publish, target, layer.zip.bytes)))
    skipDeploy(stages, isSkipped(deploy) ? deploy.skipped : would(attachWrites(deploy)))
    return
  }
  const publication = await stages.run('publish', 'Publish', async () => {
    const made = await publishLayer(publish, layer, publishPorts)
    ports.log.info(
      `Who attaches it from another account needs this statement:\n${consumerStatement(made.layerVersionArn)}`,
    )
    return { value: made, detail: `${made.layerVersionArn}${made.reused ? ' (was there already)' : ''}` }
  })
  if (isSkipped(deploy)) skipDeploy(stages, deploy.skipped)
  else await attach(deploy, publish, publication, run)
}

function skipDeploy(stages: StageRecorder, reason: string): void {
  stages.skip('deploy', reason)
  stages.skip('wait', NOT_DEPLOYED)
}

/** Before anything is published: that the function can have the layer, and how much it unpacks with it. */
async function lookAtFunction(
  deploy: AttachPlan,
  publish: LayerPublishPlan,
  { known, stages, ports }: Run,
): Promise<void> {
  const { aws, log, zipSizes } = ports
  await stages.run('deploy', 'Look at the function', async () => {
    const layer = attachableLayer(publish)
    const found = await attachable(deploy, layer, { lambda: aws.lambda(deploy.region) })
    const { name } = layer
    const own = (found.layers ?? []).find((arn) => arn.split(':').at(-2) === name)
    const others = otherLayers(found.layers ?? [], own === undefined ? '' : layerOf(own))
    const parts = await unzippedParts(found, others, { layers: aws.layers(deploy.region), zipSizes })
    const bytes = known.inspection?.artifact.bytes.uncompressed ?? 0
    const sum = judgeSum(found.functionArn, { name, bytes }, parts)
    const reasons = sum.unknown.map(
      (one) => `how much of 250 MB the function takes, since this part is not known: ${one}`,
    )
    for (const reason of reasons) log.info(`not checked: size-limit: ${reason}`)
    known.notChecked = [...known.notChecked, ...reasons.map((reason) => ({ rule: 'size-limit', reason }))]
    const atLeast = reasons.length === 0 ? '' : 'at least '
    return { value: undefined, detail: `${atLeast}${megabytes(sum.bytes)} of 250 MB with this layer` }
  })
}

function layerToPublish({ artifact }: Known, { request }: Run): LayerToPublish {
  if (artifact?.kind !== 'layer' || artifact.zip === undefined) {
    // Only `fail-on` lets such a layer come here.
    throw new ActionError('layer-invalid', 'The layer was not packed: it is far larger than Lambda takes.', {
      help: 'The finding `size-limit` lists its largest folders.',
    })
  }
  const { contentFingerprint: fingerprint } = artifact.layer
  return { zip: artifact.zip, ...(fingerprint === undefined ? {} : { fingerprint }), runId: request.runId }
}

function layerPublishPorts({ region }: LayerPublishPlan, { known, request, ports }: Run): LayerPublishPorts {
  const { aws, clock, files, log, setOutput } = ports
  return {
    layers: aws.layers(region),
    s3: aws.s3(region),
    ...{ clock, files, log, signal: request.signal },
    known: (publication) => {
      known.publication = publication
      setOutput('layer-version-arn', publication.layerVersionArn)
      setOutput('layer-version', publication.version)
    },
  }
}

/** Attaching, waiting and releasing share one deadline: what `wait-timeout` gives. */
async function attach(
  deploy: AttachPlan,
  publish: LayerPublishPlan,
  publication: LayerPublication,
  { known, request, stages, ports }: Run,
): Promise<void> {
  const { aws, clock, log } = ports
  const to = {
    plan: deploy,
    layer: attachableLayer(publish),
    publication,
    deadline: clock.now() + deploy.waitTimeout * 1000,
  }
  const note = (deployment: Deployment) => {
    known.deployment = deployment
    outputDeployment(deployment, ports)
  }
  const deployPorts: DeployPorts = {
    lambda: aws.lambda(deploy.region),
    clock,
    log,
    signal: request.signal,
    known: note,
  }
  const begun = await stages.run('deploy', 'Attach', async () => {
    const { change, deployment } = await attachLayer(to, deployPorts)
    return { value: deployment, detail: change === 'none' ? 'had this version already' : 'attached' }
  })
  const rollout = layerRollout(to)
  let current = await stages.run('wait', 'Wait', async () => {
    const waited = await waitForFunction(rollout, begun, deployPorts)
    const detail = `${waited.after?.state}, ${waited.after?.lastUpdateStatus} after ${waited.polls} polls`
    return { value: waited, detail }
  })
  if (deploy.publishVersion || deploy.alias !== undefined) {
    current = await stages.run('deploy', 'Release', async () => {
      const released = await releaseVersion(rollout, current, deployPorts)
      return { value: released, detail: `version ${released.versionPublished}` }
    })
  }
  await stages.run('deploy', 'Other functions', async () => {
    const others = await otherVersions(publication.layerVersionArn, deployPorts)
    note({ ...current, otherVersions: others })
    for (const { functionArn, layerVersionArn } of others.functions) log.info(`${functionArn} has ${layerVersionArn}.`)
    if (others.reason !== undefined)
      log.info(`Which other functions have another version is not known: ${others.reason}`)
    const words = `${count(others.functions.length, 'other function')} with another version`
    return { value: undefined, detail: others.reason === undefined ? words : 'other functions not known' }
  })
}
