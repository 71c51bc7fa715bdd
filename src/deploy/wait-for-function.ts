import { ActionError } from '../errors.ts'
import type { Deployment } from '../report/report.ts'
import type { DeployPorts } from './deployment.ts'
import type { Rollout } from './rollout.ts'
import { functionState, judgeState } from './state.ts'
import { waitUntilSettled } from './wait.ts'

/**
 * Waits until the function, or the version of it that was published, is ready with what was deployed: State and LastUpdateStatus
 * both (contract §4.5). Rejects with function-failed or update-failed and the remedy, or as `waitUntilSettled` does.
 */
export async function waitForFunction(
  rollout: Rollout,
  deployment: Deployment,
  ports: DeployPorts,
  version?: string,
): Promise<Deployment> {
  const { clock } = ports
  const started = clock.now()
  let current = deployment
  const settled = await waitUntilSettled(
    {
      functionArn: deployment.functionArn,
      ...(version === undefined ? {} : { version }),
      deadline: rollout.deadline,
      isDeployed: rollout.isDeployed,
      instead: rollout.instead,
      looked(configuration) {
        current = {
          ...current,
          polls: current.polls + 1,
          waitedSeconds: deployment.waitedSeconds + (clock.now() - started) / 1000,
          ...(configuration === undefined || version !== undefined ? {} : { after: functionState(configuration) }),
        }
        ports.known(current)
      },
    },
    ports,
  )
  const judgement = judgeState(settled)
  if (judgement.phase === 'failed') throw failure(judgement, deployment, rollout)
  if (version === undefined && current.after !== undefined)
    current = { ...current, after: rollout.settled(current.after) }
  ports.known(current)
  return current
}

type Failed = Extract<ReturnType<typeof judgeState>, { phase: 'failed' }>

/** AWS's own words, then what they mean. */
function failure(failed: Failed, { functionArn, before }: Deployment, rollout: Rollout): ActionError {
  const { code, reasonCode, reason } = failed
  const words = [reasonCode, reason].filter((word) => word !== undefined).join(': ') || 'no reason given'
  const remedy = rollout.remedy(reasonCode, reason, functionArn)
  if (code === 'update-failed') {
    return new ActionError(code, `The update of ${functionArn} failed, it still runs its former code: ${words}`, {
      help: remedy,
    })
  }
  // A creation that failed leaves a function that only a new image, or its deletion, brings out of this state.
  const again =
    before === undefined
      ? ` Then run the job again; should it be refused, delete the function first: aws lambda delete-function --function-name ${functionArn}.`
      : ''
  return new ActionError(code, `${functionArn} is ${failed.word}: ${words}`, { help: `${remedy}${again}` })
}
