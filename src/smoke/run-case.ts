import type { ImageFacts } from '../inspect/evidence.ts'
import { imagePlatform } from '../inspect/image-facts.ts'
import type { SmokeCasePlan, SmokePlan } from '../plan/plan.ts'
import type { ContainerSpec, Containers, Mount } from '../ports/containers.ts'
import type { SmokeCase } from '../report/report.ts'
import { classify } from './classify.ts'
import { hide, logTail } from './disclosure.ts'
import { type CaseError, unmet } from './expectation.ts'
import { lambdaEnvironment, NEVER_SET } from './lambda-environment.ts'
import { type Observed, type ObservePorts, observe, throwIfEngineGone } from './observe.ts'
import { emulatorArguments, startCommand } from './start-command.ts'
import type { Way } from './ways.ts'

/** Lambda's quota for the event of a synchronous invocation; the emulator cuts a longer one off without a word. */
const MOST_EVENT_BYTES = 6 * 1024 * 1024

export type CaseSetting = {
  readonly plan: SmokePlan
  /** `started`: what the engine knows it by. */
  readonly image: { readonly started: string; readonly facts: ImageFacts }
  /** Path of the emulator in the container, and the volume that brings it there. */
  readonly emulator: { readonly path: string }
  readonly mounts: readonly Mount[]
  readonly way: Way
  /** The engine runs images of another architecture only if an emulator of processors is installed. */
  readonly foreign: boolean
}

/** `unreachable`: this way does not lead to the emulator. `not-runnable`: the engine cannot run the image's architecture. */
export type CaseResult =
  | { readonly case: SmokeCase }
  | { readonly unreachable: string }
  | { readonly notRunnable: true }

/** Runs one case in a container of its own and judges what came of it. */
export async function runCase(
  one: SmokeCasePlan,
  setting: CaseSetting,
  ports: ObservePorts & { readonly containers: Containers },
): Promise<CaseResult> {
  if (Buffer.byteLength(JSON.stringify(one.event)) > MOST_EVENT_BYTES) {
    const message = 'The event is larger than the 6 MB that a synchronous invocation may have.'
    return { case: failedCase(one, { type: 'RequestTooLargeException', message }) }
  }
  await using container = await ports.containers.start(containerSpec(one, setting))
  const refusal = container.startFailure
  if (refusal !== undefined) {
    throwIfEngineGone(refusal)
    if (setting.foreign && FORMAT_ERROR.test(refusal)) return { notRunnable: true }
    const type = /working directory/.test(refusal) ? 'Runtime.InvalidWorkingDir' : 'Runtime.InvalidEntrypoint'
    return { case: failedCase(one, { type, message: `The container could not be started: ${refusal}` }) }
  }
  const seen = await observe(container, one, setting.way, ports)
  if (!seen.exit.running && setting.foreign && FORMAT_ERROR.test(seen.logs.stdout + seen.logs.stderr)) {
    return { notRunnable: true }
  }
  if (seen.answer.outcome === 'unreachable' && seen.exit.running) return { unreachable: seen.answer.reason }
  return { case: judge(one, seen, setting.plan) }
}

const FORMAT_ERROR = /exec format error/

function containerSpec(one: SmokeCasePlan, { plan, image, emulator, mounts, way }: CaseSetting): ContainerSpec {
  return {
    image: image.started,
    entrypoint: emulator.path,
    arguments: emulatorArguments(startCommand(image.facts, plan.handler)),
    environment: lambdaEnvironment(plan, one, image.facts.environment),
    withoutEnvironment: NEVER_SET,
    network: way.network,
    ...(plan.workingDirectory === undefined ? {} : { workingDirectory: plan.workingDirectory }),
    mounts,
    memory: plan.memorySize,
    platform: imagePlatform(image.facts),
    temporaryStorage: plan.ephemeralStorage,
  }
}

/** Values of the function's environment never leave in what a case shows. */
function judge(one: SmokeCasePlan, seen: Observed, plan: SmokePlan): SmokeCase {
  const verdict = classify({ ...seen, memorySize: plan.memorySize, timeout: one.timeout })
  const error = unmet(one, verdict)
  const hidden = hide([...Object.values(plan.environment), ...Object.values(one.environment)])
  const tail = hidden.text(logTail(seen.log.functionLines.length > 0 ? seen.logs.stdout : seen.logs.stderr))
  return {
    name: one.name,
    status: error === undefined ? 'passed' : 'failed',
    millis: 'millis' in seen.answer ? seen.answer.millis : 0,
    ...(seen.log.initMillis === undefined ? {} : { initMillis: seen.log.initMillis }),
    ...(verdict.kind === 'response' ? { response: hidden.json(verdict.response) } : {}),
    ...(error === undefined ? {} : { error: { type: error.type, message: hidden.text(error.message) } }),
    ...(tail === '' ? {} : { logTail: tail }),
  }
}

/** A case that failed before anything was invoked. */
export function failedCase(one: SmokeCasePlan, error: CaseError): SmokeCase {
  return { name: one.name, status: 'failed', millis: 0, error }
}
