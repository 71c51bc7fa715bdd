import { ActionError } from '../errors.ts'
import type { FunctionConfiguration, LambdaApi } from '../ports/lambda-api.ts'
import { interval, isPassing, type PatiencePorts } from './patience.ts'
import { judgeState, stateLine } from './state.ts'

export type WaitTarget = {
  readonly functionArn: string
  /** One version instead of $LATEST. */
  readonly version?: string
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** Whether the function has what is waited for, and the words for what it has instead. */
  readonly isDeployed: (configuration: FunctionConfiguration) => boolean
  readonly instead: (configuration: FunctionConfiguration) => string
  /** Told after each look at the function, with what it showed (nothing when the call was throttled). */
  readonly looked: (configuration: FunctionConfiguration | undefined) => void
}

/** Reads right after a change may still show what was before it; more of them mean that somebody else has deployed. */
const STALE_LOOKS = 4

/**
 * Looks at a function until it is ready or has failed (then the last configuration says how; judge it again).
 * Each change of state is one log line. Rejects with wait-timeout, conflict (ready, but with something else),
 * function-not-found, or at once with what the call is refused with.
 */
export async function waitUntilSettled(
  target: WaitTarget,
  { lambda, clock, log, signal }: PatiencePorts & { readonly lambda: LambdaApi },
): Promise<FunctionConfiguration> {
  const { functionArn, version, deadline } = target
  const name = version === undefined ? functionArn : `${functionArn}:${version}`
  const started = clock.now()
  let said = 'not seen yet'
  let others = 0
  for (let looks = 0; ; looks += 1) {
    const configuration = await look(lambda, target)
    target.looked(configuration)
    if (configuration !== undefined) {
      if (stateLine(configuration) !== said) {
        said = stateLine(configuration)
        log.info(`${name} after ${((clock.now() - started) / 1000).toFixed(1)} s: ${said}`)
      }
      const { phase } = judgeState(configuration)
      if (phase === 'failed' || (phase === 'done' && target.isDeployed(configuration))) return configuration
      if (phase === 'done') others += 1
      if (others > STALE_LOOKS) throw overtaken(name, target.instead(configuration))
    }
    const left = deadline - clock.now()
    if (left <= 0) throw timedOut(name, said)
    await clock.sleep(interval(looks, left), signal)
  }
}

/** One look; `undefined` when it was throttled, which the next one may not be. */
async function look(
  lambda: LambdaApi,
  { functionArn, version }: WaitTarget,
): Promise<FunctionConfiguration | undefined> {
  try {
    const found = await lambda.getFunctionConfiguration(functionArn, version)
    if (found !== undefined) return found
  } catch (error) {
    if (isPassing(error)) return undefined
    throw error
  }
  throw new ActionError('function-not-found', `${functionArn} does not exist any more: it was deleted meanwhile.`, {
    help: 'Find out who deleted it (CloudTrail: DeleteFunction20150331), then run the job again.',
  })
}

function overtaken(name: string, instead: string): ActionError {
  return new ActionError('conflict', `${name} is ready, but ${instead}.`, {
    help: 'Another deployment came after this one: use one concurrency group for all jobs that deploy this function.',
  })
}

function timedOut(name: string, said: string): ActionError {
  return new ActionError('wait-timeout', `${name} is not ready in time: its last state was ${said}.`, {
    help: 'The update goes on at AWS. Large images take minutes the first time: give wait-timeout more seconds, and run the job again; what is pushed and deployed by then is not sent again.',
  })
}
