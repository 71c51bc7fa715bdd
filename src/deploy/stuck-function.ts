import { ActionError } from '../errors.ts'
import type { LambdaFunction } from '../ports/lambda-api.ts'
import { judgeState, stateLine } from './state.ts'

/**
 * Sends an update. Lambda's "in progress" passes by itself, except where the function is in a state that nothing leads
 * out of: then it is final. Rejects with function-failed there, with what `send` rejects with otherwise.
 */
export async function updateUnlessStuck<T>(found: LambdaFunction, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof ActionError) || error.code !== 'conflict' || !isEnded(found)) throw error
    throw stuck(found, error)
  }
}

function isEnded(found: LambdaFunction): boolean {
  const judged = judgeState(found)
  return judged.phase === 'failed' && judged.code === 'function-failed'
}

function stuck(found: LambdaFunction, cause: ActionError): ActionError {
  const { functionArn } = found
  return new ActionError(
    'function-failed',
    `${functionArn} is ${stateLine(found)}, and Lambda takes no update in that state: ${cause.message}`,
    {
      help: `The image is pushed and stays. A function whose creation failed has to be made again: keep what hangs on it (triggers, aliases, resource policy), then delete it and run the job again with role, or let the stack that owns it create it.\naws lambda delete-function --function-name ${functionArn}`,
      cause,
    },
  )
}
