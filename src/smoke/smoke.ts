import type { RuntimeFacts } from '../checks/check.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { startedAs } from '../inspect/local-name.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { SmokePlan } from '../plan/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Containers, Engine, Mount } from '../ports/containers.ts'
import type { EmulatorBinaries } from '../ports/emulator.ts'
import type { Invocations } from '../ports/invocations.ts'
import type { Log } from '../ports/log.ts'
import type { SmokeCase, SmokeReport } from '../report/report.ts'
import { constraints } from './constraints.ts'
import { type Emulator, findEmulator } from './emulator.ts'
import { NOTHING_TO_START } from './remedy.ts'
import { type CaseSetting, failedCase, runCase } from './run-case.ts'
import { startCommand } from './start-command.ts'
import { ways } from './ways.ts'

export type SmokeImage = {
  readonly architecture: Architecture
  readonly evidence: Evidence
  /** Of a layer: what the runtime's image does not hold. */
  readonly mounts?: readonly Mount[]
}

export type SmokePorts = {
  readonly containers: Containers
  readonly invocations: Invocations
  readonly emulators: EmulatorBinaries
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** Where a brought emulator is mounted, and its name there. */
const MOUNT = '/lambda-parity'
const EMULATOR_FILE = 'aws-lambda-rie'

/**
 * Invokes the image through the runtime interface emulator, case by case, each in a fresh container under Lambda's
 * constraints. Resolves with `skipped` and the reason when nothing can be invoked here. Rejects when the engine is gone,
 * `rie-path` cannot be run (invalid-input), or the signal is aborted; nothing is left in the engine either way.
 */
export async function smoke(
  plan: SmokePlan,
  image: SmokeImage,
  runtime: RuntimeFacts | undefined,
  ports: SmokePorts,
): Promise<SmokeReport> {
  const facts = image.evidence.image
  if (facts === undefined) return skipped("The image's configuration could not be read.")
  if (startCommand(facts, plan.handler).length === 0) return withoutCommand(plan)
  const { engine } = ports.containers
  const emulator = await findEmulator({ ...image, riePath: plan.riePath, artifact: image.evidence, runtime }, ports)
  if (emulator.from === 'none') return skipped(emulator.reason)
  ports.log.info(`Runtime interface emulator: ${emulator.from === 'image' ? "the image's own" : emulator.source}`)
  const started = startedAs(image.evidence)
  await using brought = await bring(emulator, started, ports.containers)
  const setting = {
    plan,
    image: { started, facts },
    emulator: brought.emulator,
    mounts: [...brought.mounts, ...(image.mounts ?? [])],
    foreign: engine.architecture !== image.architecture,
  }
  const unreachable: string[] = []
  for await (const way of ways(plan.network, { image, runtime }, ports.containers)) {
    await using _ = way
    const result = await runCases({ ...setting, way }, ports)
    if (result === 'not-runnable') return skipped(notRunnable(image.architecture, engine))
    if ('cases' in result) return report(result.cases, constraints(plan, engine, way.isolation))
    unreachable.push(result.unreachable)
  }
  return skipped(unreachableReason(plan, unreachable))
}

async function runCases(
  setting: CaseSetting,
  ports: SmokePorts,
): Promise<{ cases: readonly SmokeCase[] } | { unreachable: string } | 'not-runnable'> {
  const cases: SmokeCase[] = []
  for (const one of setting.plan.cases) {
    const result = await runCase(one, setting, ports)
    if ('unreachable' in result) return result
    if ('notRunnable' in result) return 'not-runnable'
    cases.push(result.case)
    ports.log.info(caseLine(result.case))
  }
  return { cases }
}

function caseLine(one: SmokeCase): string {
  const init = one.initMillis === undefined ? '' : `, init ${Math.round(one.initMillis)} ms`
  const error = one.error === undefined ? '' : `: ${one.error.type}: ${one.error.message}`
  return `${one.name}: ${one.status} in ${one.millis} ms${init}${error}`
}

/** A volume filled through the engine: a bind mount would need a path that the engine's host shares with this process. */
async function bring(
  emulator: Exclude<Emulator, { from: 'none' }>,
  through: string,
  containers: Containers,
): Promise<AsyncDisposable & Pick<CaseSetting, 'emulator' | 'mounts'>> {
  if (emulator.from === 'image')
    return { emulator: { path: emulator.path }, mounts: [], [Symbol.asyncDispose]: async () => undefined }
  const volume = await containers.createVolume(through, { name: EMULATOR_FILE, content: emulator.content })
  return {
    emulator: { path: `${MOUNT}/${EMULATOR_FILE}` },
    mounts: [{ name: volume.name, path: MOUNT }],
    [Symbol.asyncDispose]: () => volume[Symbol.asyncDispose](),
  }
}

function report(cases: readonly SmokeCase[], under: SmokeReport['constraints']): SmokeReport {
  const failed = cases.filter((one) => one.status === 'failed').length
  if (failed === 0) return { status: 'passed', constraints: under, cases }
  return { status: 'failed', reason: `${failed} of ${cases.length} cases failed`, constraints: under, cases }
}

function skipped(reason: string): SmokeReport {
  return { status: 'skipped', reason, constraints: {}, cases: [] }
}

function withoutCommand(plan: SmokePlan): SmokeReport {
  return report(
    plan.cases.map((one) => failedCase(one, { type: 'Runtime.InvalidEntrypoint', message: NOTHING_TO_START })),
    {},
  )
}

function notRunnable(architecture: Architecture, engine: Engine): string {
  const { platform, docker } = architectureRow(architecture)
  const own = engine.architecture ?? 'another architecture'
  return `This engine runs ${own} and cannot run ${platform} images: use a runner of that architecture, or install emulation before this step (docker/setup-qemu-action with platforms: ${docker}).`
}

function unreachableReason(plan: SmokePlan, tried: readonly string[]): string {
  const advice =
    plan.network === 'none'
      ? 'On an engine of another machine or container, the image needs one of bash, busybox, python3 or node for that; else use a runner that is the host of its engine.'
      : 'Use a runner that is the host of its engine.'
  return `The function's emulator could not be reached (${tried.join('; ')}). ${advice}`
}
