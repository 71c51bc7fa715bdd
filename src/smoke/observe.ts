import { ActionError } from '../errors.ts'
import type { SmokeCasePlan } from '../plan/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Container, ContainerLogs } from '../ports/containers.ts'
import type { Invocations, RawAnswer, Route } from '../ports/invocations.ts'
import { wasKilled } from './classify.ts'
import { INIT_SECONDS } from './lambda-environment.ts'
import { type LogFacts, logFacts } from './log-facts.ts'
import type { Way } from './ways.ts'

/** The emulator opens its port within milliseconds; a busy engine takes longer to start the program beside it. */
const CONNECT_MILLIS = 20_000
/** The emulator ends a late invocation itself; this is for one that does not. */
const GRACE_MILLIS = 5_000
const POLL_MILLIS = 500
/** Times that the engine is asked whether a kill was for want of memory. */
const MOST_ASKED = 4
/** The engine writes a container's log behind the answer's back. */
const SETTLE_MILLIS = 50
const SETTLE_TIMES = 6

export type Observed = {
  readonly answer: RawAnswer
  readonly logs: ContainerLogs
  readonly log: LogFacts
  readonly exit: { readonly running: boolean; readonly exitCode: number }
  readonly outOfMemoryKills: number | undefined
}

export type ObservePorts = { readonly invocations: Invocations; readonly clock: Clock; readonly signal: AbortSignal }

/** Invokes the function in a started container once, and collects all that tells what became of it. */
export async function observe(
  container: Container,
  one: SmokeCasePlan,
  image: Way,
  ports: ObservePorts,
): Promise<Observed> {
  const answer = await invoke(container, one, image, ports)
  const exit = await container.state()
  const { logs, log } = await settledLogs(container, exit.running && answer.outcome === 'answered', ports)
  const killed = wasKilled(exit, `${log.fatalReason ?? ''}${answer.outcome === 'answered' ? answer.body : ''}`)
  return { answer, logs, log, exit, outOfMemoryKills: killed ? await memoryKills(container, ports) : undefined }
}

async function invoke(
  container: Container,
  one: SmokeCasePlan,
  way: Way,
  { invocations, clock, signal }: ObservePorts,
): Promise<RawAnswer> {
  const route = await routeTo(container, way)
  if (route === undefined) return { outcome: 'unreachable', reason: 'this machine has no part in its network' }
  const ended = new AbortController()
  const answered = new AbortController()
  const watching = watchEnd(container, clock, AbortSignal.any([signal, answered.signal])).then(
    () => ended.abort(),
    () => undefined,
  )
  try {
    const limits = {
      connectMillis: CONNECT_MILLIS,
      answerMillis: (one.timeout + INIT_SECONDS) * 1000 + GRACE_MILLIS,
    }
    return await invocations.invoke(route, JSON.stringify(one.event), limits, AbortSignal.any([signal, ended.signal]))
  } catch (error) {
    signal.throwIfAborted()
    if (!ended.signal.aborted) throw error
    return { outcome: 'unreachable', reason: 'the container ended' }
  } finally {
    answered.abort()
    await watching
  }
}

async function routeTo(container: Container, way: Way): Promise<Route | undefined> {
  if (way.pipe !== undefined) {
    return { via: 'namespace', container: container.id, image: way.pipe.image, pipe: way.pipe.program }
  }
  const { address } = await container.state()
  return address === undefined ? undefined : { via: 'address', host: address }
}

/** Resolves when the container has ended; rejects when the signal is aborted first. */
async function watchEnd(container: Container, clock: Clock, signal: AbortSignal): Promise<void> {
  do await clock.sleep(POLL_MILLIS, signal)
  while ((await container.state()).running)
}

async function settledLogs(container: Container, complete: boolean, { clock, signal }: ObservePorts) {
  for (let time = 1; ; time += 1) {
    const logs = await container.logs()
    const log = logFacts(logs)
    const settled = !complete || log.initMillis !== undefined
    if (settled || time === SETTLE_TIMES) return { logs, log }
    await clock.sleep(SETTLE_MILLIS, signal)
  }
}

/** Asked several times: on a busy machine the engine's word comes seconds behind the signal. */
async function memoryKills(container: Container, { clock, signal }: ObservePorts): Promise<number | undefined> {
  for (let time = 1; ; time += 1) {
    const kills = await container.outOfMemoryKills()
    if (kills !== 0 || time === MOST_ASKED) return kills
    await clock.sleep(POLL_MILLIS, signal)
  }
}

const ENGINE_GONE = /Cannot connect to the Docker daemon|error during connect/

/** An engine that is gone is no fault of the image. */
export function throwIfEngineGone(failure: string): void {
  if (!ENGINE_GONE.test(failure)) return
  throw new ActionError('docker-unavailable', `The Docker engine went away during the smoke: ${failure}`, {
    help: 'Look at the log of the engine on this runner, then run the job again.',
  })
}
