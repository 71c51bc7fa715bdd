import { randomUUID } from 'node:crypto'
import type { Evidence } from '../../inspect/evidence.ts'
import { imagePlatform } from '../../inspect/image-facts.ts'
import { startedAs } from '../../inspect/local-name.ts'
import type { SmokePlan } from '../../plan/plan.ts'
import type { Container, Mount } from '../../ports/containers.ts'
import type { SmokeReport } from '../../report/report.ts'
import { constraints } from '../constraints.ts'
import { lambdaEnvironment, NEVER_SET } from '../lambda-environment.ts'
import { throwIfEngineGone } from '../observe.ts'
import type { SmokePorts } from '../smoke.ts'
import { loadCases } from './load-cases.ts'
import { loadScript } from './load-script.ts'
import type { LoadableFile } from './loadable-files.ts'

const POLL_MILLIS = 100
/** Beside those that the function has: a file is mapped in milliseconds, on a busy machine with emulation in more. */
const SECONDS_EACH = 1
const FOLDER = '/lambda-parity'
const FILE = 'load.sh'

export type RuntimeImage = {
  readonly reference: string
  readonly evidence: Evidence
  /** The layer at /opt. */
  readonly mounts: readonly Mount[]
}

/**
 * Lets the dynamic loader of the runtime's image look at every file, in one container under Lambda's constraints and
 * without network: nothing of the layer is run. Resolves with `skipped` and the reason where the image has no shell, or
 * the engine cannot run it.
 */
export async function loadFiles(
  plan: SmokePlan,
  files: readonly LoadableFile[],
  image: RuntimeImage,
  ports: SmokePorts,
): Promise<SmokeReport> {
  const facts = image.evidence.image
  if (facts === undefined) return skipped("The image's configuration could not be read.")
  const started = startedAs(image.evidence)
  const mark = randomUUID()
  const content = Buffer.from(loadScript(files, mark))
  await using script = await ports.containers.createVolume(started, { name: FILE, content })
  const one = { name: 'load files', event: {}, environment: {}, timeout: plan.timeout }
  await using container = await ports.containers.start({
    image: started,
    entrypoint: '/bin/sh',
    arguments: [`${FOLDER}/${FILE}`],
    environment: lambdaEnvironment(plan, one, facts.environment),
    withoutEnvironment: NEVER_SET,
    network: 'none',
    mounts: [...image.mounts, { name: script.name, path: FOLDER }],
    memory: plan.memorySize,
    platform: imagePlatform(facts),
    temporaryStorage: plan.ephemeralStorage,
  })
  if (container.startFailure !== undefined) {
    throwIfEngineGone(container.startFailure)
    return skipped(`Without a shell in ${image.reference} its loader cannot be asked: ${container.startFailure}`)
  }
  await ended(container, plan.timeout + SECONDS_EACH * files.length, ports)
  const { stdout, stderr } = await container.logs()
  if (/exec format error/.test(stdout + stderr)) return skipped(`This engine cannot run ${image.reference}.`)
  const cases = loadCases(files, mark, stdout)
  const failed = cases.filter(({ status }) => status === 'failed').length
  const under = constraints(plan, ports.containers.engine, 'no-network')
  if (failed === 0 && cases.every(({ status }) => status === 'skipped'))
    return {
      status: 'skipped',
      reason: "Nothing but packages' commands, which are passed over.",
      constraints: under,
      cases,
    }
  if (failed === 0) return { status: 'passed', constraints: under, cases }
  return { status: 'failed', reason: `${failed} of ${cases.length} files cannot be loaded`, constraints: under, cases }
}

/** Resolves when the container has ended, or its time is over. */
async function ended(container: Container, seconds: number, { clock, signal }: SmokePorts): Promise<void> {
  const until = clock.now() + seconds * 1000
  while ((await container.state()).running && clock.now() < until) await clock.sleep(POLL_MILLIS, signal)
}

function skipped(reason: string): SmokeReport {
  return { status: 'skipped', reason, constraints: {}, cases: [] }
}
