import type { RuntimeFacts } from '../../checks/check.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import { startedAs } from '../../inspect/local-name.ts'
import type { LayerPlan, SmokePlan } from '../../plan/plan.ts'
import type { Mount } from '../../ports/containers.ts'
import type { SmokeReport } from '../../report/report.ts'
import { type SmokePorts, smoke } from '../smoke.ts'
import { withEnoughMemory } from './enough-memory.ts'
import { handlerWork } from './handler-work.ts'
import { importWork } from './import-work.ts'
import { skipped, type Work } from './layer-work.ts'
import { loadFiles } from './load-files.ts'
import { loadableFiles } from './loadable-files.ts'
import { mergeReports } from './merge-reports.ts'
import { nothingToTry, passedOver } from './nothing-to-try.ts'

export type SmokeLayer = {
  readonly layer: Evidence
  /** The zip that is published; absent: too large to be packed. */
  readonly zip: string | undefined
  /** What runs it. */
  readonly runtime: RuntimeFacts & { readonly evidence: Evidence }
}

type Setting = {
  readonly plan: LayerPlan & { readonly smoke: SmokePlan }
  readonly runtime: SmokeLayer['runtime']
  readonly opt: Mount
  readonly ports: SmokePorts
}

/**
 * Tries the layer, unpacked from its zip to /opt, read-only, in the runtime's image: the user's handler, else a load of each
 * top-level package, and of what lies in `bin`, `lib` and `extensions`. Resolves with `skipped` and the reason when there
 * is nothing to try, or nothing to try it in.
 */
export async function smokeLayer(
  plan: LayerPlan & { readonly smoke: SmokePlan },
  { layer, zip, runtime }: SmokeLayer,
  ports: SmokePorts,
): Promise<SmokeReport> {
  if (zip === undefined) return skipped('The layer is too large to be packed.')
  const { handler } = plan.smoke
  const work = handler === undefined ? importWork(plan, layer) : handlerWork(plan, handler, layer)
  if (work !== undefined && 'reason' in work) return skipped(work.reason)
  const { files } = handler === undefined ? loadableFiles(layer, plan.runtime) : { files: [] }
  if (work === undefined && files.length === 0) return skipped(nothingToTry(layer, plan.runtime))
  for (const line of handler === undefined ? passedOver(layer, plan.runtime) : []) ports.log.info(line)
  await using volume = await ports.containers.createLayerVolume(startedAs(runtime.evidence), zip)
  const setting = { plan, runtime, opt: { name: volume.name, path: '/opt' }, ports }
  const invoked = work === undefined ? [] : [await invoke(work, setting)]
  const image = { ...runtime, mounts: [setting.opt] }
  const asked = files.length === 0 ? [] : [await loadFiles(plan.smoke, files, image, ports)]
  const [first, ...others] = [...invoked, ...asked]
  if (first === undefined) return skipped(nothingToTry(layer, plan.runtime))
  const report = mergeReports([first, ...others])
  for (const { name, status, error } of handler === undefined ? report.cases : []) {
    ports.log.info(`${name}: ${status}${error === undefined ? '' : `: ${error.type}: ${error.message}`}`)
  }
  return report
}

async function invoke(work: Work, { plan, runtime, opt, ports }: Setting): Promise<SmokeReport> {
  const { evidence } = runtime
  await using task = await work.task(startedAs(evidence), ports)
  const mounts: readonly Mount[] = [opt, { name: task.name, path: '/var/task' }]
  const started = { ...evidence, ...startedWith(evidence, work) }
  const image = { architecture: plan.architecture, evidence: started, mounts }
  const attempt = (changes: Partial<SmokePlan>) =>
    smoke({ ...plan.smoke, ...work.smoke, ...changes }, image, runtime, ports)
  const report = await attempt({})
  const { only } = work
  if (only === undefined || plan.smoke.defaultsMemory !== true) return work.told(report)
  const again = (packages: readonly string[], memorySize: number) => attempt({ ...only(packages), memorySize })
  return work.told(await withEnoughMemory(report, plan.smoke.memorySize, again))
}

function startedWith({ image }: Evidence, { entrypoint }: Work): Partial<Evidence> {
  return image === undefined || entrypoint === undefined ? {} : { image: { ...image, entrypoint } }
}
