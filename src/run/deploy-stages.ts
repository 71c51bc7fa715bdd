import type { ImageArtifact } from '../artifact.ts'
import { deployFunction } from '../deploy/deploy-function.ts'
import type { DeployPorts, DeployRequest } from '../deploy/deployment.ts'
import { imageRollout } from '../deploy/image-rollout.ts'
import { deployWrites } from '../deploy/planned-writes.ts'
import { releaseVersion } from '../deploy/release-version.ts'
import { waitForFunction } from '../deploy/wait-for-function.ts'
import { type DeployPlan, type ImagePlan, isSkipped, type PublishPlan } from '../plan/plan.ts'
import { imageUri } from '../publish/image-uri.ts'
import { publishWrites } from '../publish/planned-writes.ts'
import { checkTarget, publishImage } from '../publish/publish-image.ts'
import type { Deployment, ImagePublication } from '../report/report.ts'
import type { ImageInHand } from './image-stages.ts'
import type { Known } from './known.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

export const NOT_DEPLOYED = 'nothing was deployed'

/** Stages `publish`, `deploy` and `wait`. With `dry-run` they are skipped and say what they would write. */
export async function deployStages(
  plan: ImagePlan,
  image: ImageInHand,
  known: Known,
  request: RunRequest,
  stages: StageRecorder,
  ports: RunPorts,
): Promise<void> {
  const { publish, deploy } = plan
  if (plan.dryRun && !isSkipped(publish)) {
    const look = async () => ({
      value: await checkTarget(publish, image.artifact, ports.aws.ecr(publish.region)),
      detail: 'looked up',
    })
    await stages.run('publish', 'Publish', look)
  }
  if (plan.dryRun || isSkipped(publish)) {
    stages.skip('publish', isSkipped(publish) ? publish.skipped : would(publishWrites(publish)))
    stages.skip('deploy', isSkipped(deploy) ? deploy.skipped : would(deployWrites(deploy)))
    stages.skip('wait', NOT_DEPLOYED)
    return
  }
  const publication = await stages.run('publish', 'Publish', async () => {
    const made = await publishTo(publish, plan, image, ports, (publication) => {
      known.publication = publication
      outputPublication(publication, ports)
    })
    return { value: made, detail: `${imageUri(made)}${made.reused ? ' (was there already)' : ''}` }
  })
  if (isSkipped(deploy)) {
    stages.skip('deploy', deploy.skipped)
    stages.skip('wait', NOT_DEPLOYED)
    return
  }
  await rollOut(deploy, publish, publication, { plan, known, request, stages, ports })
}

async function publishTo(
  publish: PublishPlan,
  { architecture }: ImagePlan,
  { artifact, docker }: { artifact: ImageArtifact; docker: ImageInHand['docker'] },
  { aws, log }: RunPorts,
  known: (publication: ImagePublication) => void,
): Promise<ImagePublication> {
  const ecr = aws.ecr(publish.region)
  return await publishImage(publish, artifact, architecture, { ecr, registry: docker.registry, log, known })
}

type RollOut = {
  readonly plan: ImagePlan
  readonly known: Known
  readonly request: RunRequest
  readonly stages: StageRecorder
  readonly ports: RunPorts
}

/** Deploying, waiting and releasing share one deadline: what `wait-timeout` gives. */
async function rollOut(
  deploy: DeployPlan,
  publish: PublishPlan,
  publication: ImagePublication,
  { plan, known, request, stages, ports }: RollOut,
): Promise<void> {
  const { clock, log } = ports
  const to: DeployRequest = {
    plan: deploy,
    architecture: plan.architecture,
    image: publication,
    ...(publish.registryId === undefined ? {} : { registryId: publish.registryId }),
    deadline: clock.now() + deploy.waitTimeout * 1000,
  }
  const rollout = imageRollout(to)
  const deployPorts: DeployPorts = {
    lambda: ports.aws.lambda(deploy.region),
    clock,
    log,
    signal: request.signal,
    known: (deployment) => {
      known.deployment = deployment
      outputDeployment(deployment, ports)
    },
  }
  const deployment = await stages.run('deploy', 'Deploy', async () => {
    const { change, deployment: begun } = await deployFunction(to, deployPorts)
    return { value: begun, detail: CHANGES[change] }
  })
  const settled = await stages.run('wait', 'Wait', async () => {
    const waited = await waitForFunction(rollout, deployment, deployPorts)
    const detail = `${waited.after?.state}, ${waited.after?.lastUpdateStatus} after ${waited.polls} polls`
    return { value: waited, detail }
  })
  if (!deploy.publishVersion && deploy.alias === undefined) return
  await stages.run('deploy', 'Release', async () => {
    const released = await releaseVersion(rollout, settled, deployPorts)
    return { value: undefined, detail: `version ${released.versionPublished}` }
  })
}

const CHANGES = { none: 'runs this image already', updated: 'updated', created: 'created' } as const

function outputPublication(made: ImagePublication, { setOutput }: RunPorts): void {
  setOutput('image-uri', imageUri(made))
  setOutput('image-digest', made.digest)
  setOutput('image-tag', made.tags[0])
  setOutput('manifest-media-type', made.mediaType)
}

export function outputDeployment(
  { functionArn, after, versionPublished }: Deployment,
  { setOutput }: Pick<RunPorts, 'setOutput'>,
): void {
  setOutput('function-arn', functionArn)
  // Empty is what AWS has not said yet: a function that is being created has no LastUpdateStatus.
  setOutput('state', after?.state || undefined)
  setOutput('last-update-status', after?.lastUpdateStatus || undefined)
  setOutput('function-version', versionPublished)
}

export function would(writes: readonly string[]): string {
  return `dry-run, would ${writes.join('; would ')}`
}
