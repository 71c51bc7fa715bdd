import { ActionError } from '../errors.ts'
import type { FunctionConfiguration } from '../ports/lambda-api.ts'
import { imageUri } from '../publish/image-uri.ts'
import type { Deployment } from '../report/report.ts'
import type { DeployPorts, DeployRequest } from './deployment.ts'
import { imageAccessHelp } from './image-access.ts'
import { remedyFor } from './reasons.ts'
import { isCodeOf } from './running-image.ts'
import { functionState, judgeState } from './state.ts'
import { waitUntilSettled } from './wait.ts'

/**
 * Waits until the function, or the version of it that was published, is ready with the image: State and LastUpdateStatus
 * both (contract §4.5). Rejects with function-failed or update-failed and the remedy, or as `waitUntilSettled` does.
 */
export async function waitForFunction(
  request: DeployRequest,
  deployment: Deployment,
  ports: DeployPorts,
  version?: string,
): Promise<Deployment> {
  const { clock } = ports
  const started = clock.now()
  let current = deployment
  const isCode = ({ codeSha256 }: FunctionConfiguration) =>
    codeSha256 === undefined || isCodeOf(codeSha256, request.image)
  const settled = await waitUntilSettled(
    {
      functionArn: deployment.functionArn,
      ...(version === undefined ? {} : { version }),
      deadline: request.deadline,
      isCode,
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
  if (judgement.phase === 'failed') throw failure(judgement, deployment, request)
  if (version === undefined && current.after !== undefined)
    current = { ...current, after: { ...current.after, imageUri: imageUri(request.image) } }
  ports.known(current)
  return current
}

type Failed = Extract<ReturnType<typeof judgeState>, { phase: 'failed' }>

/** AWS's own words, then what they mean. */
function failure(failed: Failed, { functionArn, before }: Deployment, request: DeployRequest): ActionError {
  const { code, reasonCode, reason } = failed
  const words = [reasonCode, reason].filter((word) => word !== undefined).join(': ') || 'no reason given'
  const remedy =
    reasonCode === 'ImageAccessDenied' ? imageAccessHelp(request, functionArn) : remedyFor(reasonCode, reason)
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
