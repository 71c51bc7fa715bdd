import { posix } from 'node:path'
import type { RuntimeFacts } from '../../checks/check.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import type { LayerPlan, SmokePlan } from '../../plan/plan.ts'
import type { Mount } from '../../ports/containers.ts'
import type { SmokeReport } from '../../report/report.ts'
import { type SmokePorts, smoke } from '../smoke.ts'
import { dependents } from './dependents.ts'
import { importCases } from './import-cases.ts'
import { importHandler } from './import-handlers.ts'
import { importablePackages } from './importable-packages.ts'

export type SmokeLayer = {
  readonly layer: Evidence
  /** The zip that is published; absent: too large to be packed. */
  readonly zip: string | undefined
  /** What runs it. */
  readonly runtime: RuntimeFacts & { readonly evidence: Evidence }
}

/** Packages are loaded one after the other: seconds for each, beside those of the invocation. */
const SECONDS_EACH = 5
const MOST_SECONDS = 900
/** Two interpreters run at once; what a function has is not known. MB. */
const IMPORT_MEMORY = 512

/**
 * Runs the layer, unpacked from its zip to /opt, read-only, in the runtime's image: the user's handler, else a load of each
 * top-level package. Resolves with `skipped` and the reason when there is nothing to run, or nothing to run it in.
 */
export async function smokeLayer(
  plan: LayerPlan & { readonly smoke: SmokePlan },
  { layer, zip, runtime }: SmokeLayer,
  ports: SmokePorts,
): Promise<SmokeReport> {
  const { evidence, reference } = runtime
  if (zip === undefined) return skipped('The layer is too large to be packed.')
  const work = plan.smoke.handler === undefined ? imports(plan, layer) : handler(plan, plan.smoke.handler)
  if ('reason' in work) return skipped(work.reason)
  await using opt = await ports.containers.createLayerVolume(reference, zip)
  await using task = await work.task(reference, ports)
  const mounts: readonly Mount[] = [
    { name: opt.name, path: '/opt' },
    { name: task.name, path: '/var/task' },
  ]
  const image = { reference, architecture: plan.architecture, evidence, mounts }
  const report = work.told(await smoke({ ...plan.smoke, ...work.smoke }, image, runtime, ports))
  for (const { name, status, error } of work.loads ? report.cases : []) {
    ports.log.info(`${name}: ${status}${error === undefined ? '' : `: ${error.type}: ${error.message}`}`)
  }
  return report
}

type Work = {
  /** Packages by their names, each a case. */
  readonly loads: boolean
  readonly smoke: Partial<SmokePlan>
  readonly task: (through: string, ports: SmokePorts) => Promise<AsyncDisposable & { readonly name: string }>
  readonly told: (report: SmokeReport) => SmokeReport
}
type Nothing = { readonly reason: string }

const HANDLERS = ['python', 'nodejs', 'ruby']

/** The folder of the user's handler is the function's code. */
function handler({ runtime }: LayerPlan, named: string): Work | Nothing {
  if (!HANDLERS.includes(runtime.family)) {
    return {
      reason: `A \`smoke-handler\` in the workspace is for Python, Node.js and Ruby, not for \`${runtime.id}\`.`,
    }
  }
  return {
    loads: false,
    smoke: { handler: posix.basename(named) },
    task: (through, { containers }) =>
      containers.createFolderVolume(through, posix.dirname(named), ['.git', 'node_modules', '.venv']),
    told: (report) => report,
  }
}

function imports(plan: LayerPlan & { readonly smoke: SmokePlan }, layer: Evidence): Work | Nothing {
  const { runtime, smoke: planned } = plan
  const program = importHandler(runtime.family)
  if (program === undefined) {
    return { reason: `Without \`smoke-handler\` nothing of a layer for \`${runtime.id}\` is loaded.` }
  }
  const packages = importablePackages(layer, runtime)
  if (packages.length === 0)
    return { reason: `The layer has no package that \`${runtime.id}\` could load by its name.` }
  const timeout = Math.min(MOST_SECONDS, planned.timeout + SECONDS_EACH * packages.length)
  const memorySize = plan.table['memory-size']?.source === 'default' ? IMPORT_MEMORY : planned.memorySize
  const cases = [{ name: 'load packages', event: { packages }, environment: {}, timeout }]
  return {
    loads: true,
    smoke: { handler: program.handler, cases, timeout, memorySize },
    task: (through, { containers }) =>
      containers.createVolume(through, { name: program.file, content: Buffer.from(program.source) }),
    told: (report) => importCases(report, runtime.family === 'python' ? 'import' : 'require', dependents(layer)),
  }
}

function skipped(reason: string): SmokeReport {
  return { status: 'skipped', reason, constraints: {}, cases: [] }
}
