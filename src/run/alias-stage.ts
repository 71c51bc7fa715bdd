import { moveAlias } from '../deploy/move-alias.ts'
import { isSkipped, type Plan } from '../plan/plan.ts'
import { outputDeployment } from './deploy-stages.ts'
import type { Known } from './known.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/**
 * Last part of stage `deploy`: the alias goes to the published version once stage `verify` has found nothing wrong with it, so
 * that nobody who invokes the alias gets a version that answers otherwise than it should.
 */
export async function aliasStage(
  { deploy, dryRun }: Plan,
  known: Pick<Known, 'deployment'>,
  { signal }: Pick<RunRequest, 'signal'>,
  stages: Pick<StageRecorder, 'run'>,
  ports: Pick<RunPorts, 'aws' | 'clock' | 'log' | 'setOutput'>,
): Promise<void> {
  const { deployment } = known
  if (isSkipped(deploy) || dryRun || deployment?.versionPublished === undefined) return
  const { alias: name, region, waitTimeout } = deploy
  const { versionPublished: to } = deployment
  if (name === undefined) return
  const { aws, clock, log } = ports
  await stages.run('deploy', 'Alias', async () => {
    const move = { name, to, deadline: clock.now() + waitTimeout * 1000 }
    const arn = await moveAlias(move, deployment, {
      ...{ lambda: aws.lambda(region), clock, log, signal },
      known: (deployment) => {
        known.deployment = deployment
        outputDeployment(deployment, ports)
      },
    })
    ports.setOutput('alias-arn', arn)
    return { value: undefined, detail: `alias ${name}` }
  })
}
