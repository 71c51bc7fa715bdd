import { aliasNotMoved } from '../deploy/verify/alias-not-moved.ts'
import { verifyDeployment } from '../deploy/verify/verify-deployment.ts'
import { toActionError } from '../errors.ts'
import { isSkipped, type Plan } from '../plan/plan.ts'
import { count } from '../report/verdict.ts'
import { NOT_DEPLOYED, would } from './deploy-stages.ts'
import type { Known } from './known.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** Stage `verify`, once the deployment is ready: it has a `wait-timeout` of its own for what passes by itself. */
export async function verifyStage(
  { verify, deploy, dryRun, kind }: Plan,
  { deployment, smoke }: Pick<Known, 'deployment' | 'smoke'>,
  { signal }: Pick<RunRequest, 'signal'>,
  stages: Pick<StageRecorder, 'run' | 'skip'>,
  { aws, clock, log }: Pick<RunPorts, 'aws' | 'clock' | 'log'>,
): Promise<void> {
  if (isSkipped(verify)) return stages.skip('verify', verify.skipped)
  if (isSkipped(deploy)) return stages.skip('verify', NOT_DEPLOYED)
  if (dryRun) {
    return stages.skip('verify', would([`invoke ${deploy.functionName} with ${count(verify.cases.length, 'event')}`]))
  }
  if (deployment === undefined) return stages.skip('verify', NOT_DEPLOYED)
  await stages.run('verify', 'Verify', async () => {
    const request = {
      plan: verify,
      deployment,
      // Of a layer, the local run started other handlers.
      ...(kind === 'layer' || smoke === undefined ? {} : { smoke }),
      deadline: clock.now() + deploy.waitTimeout * 1000,
    }
    const ports = { invocations: aws.functionInvocations(deploy.region), clock, log, signal }
    const verifying = verifyDeployment(request, ports)
    const detail = await verifying.catch((error: unknown) => {
      throw deploy.alias === undefined ? error : aliasNotMoved(toActionError(error), deploy.alias)
    })
    return { value: undefined, detail }
  })
}
