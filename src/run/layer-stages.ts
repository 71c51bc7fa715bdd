import { judgeEngine } from '../build/judge-engine.ts'
import type { RuntimeFacts } from '../checks/check.ts'
import type { ReportedBuild } from '../inspect/environment.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { evidenceReader } from '../inspect/evidence-reader.ts'
import type { RuntimePorts } from '../inspect/runtime-facts.ts'
import { givenBuildImage, likelyBuildImage } from '../layer/layer-build.ts'
import { type EngineForRuntimes, layerRuntimes } from '../layer/layer-runtimes.ts'
import { type LayerRead, readLayer } from '../layer/read-layer.ts'
import { NOT_BUILT } from '../plan/lines.ts'
import type { LayerPlan } from '../plan/plan.ts'
import { megabytes } from '../report/environment-table.ts'
import type { Known } from './known.ts'
import type { RunPorts } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** A layer, what stands for the runtimes that mount it, and what compiled it. */
export type LayerInHand = {
  readonly layer: Evidence
  readonly runtimes: readonly RuntimeFacts[]
  readonly build?: ReportedBuild
}

/** Stages `build` and `inspect` of a layer: it is read where it lies, beside the images of its runtimes and its build. */
export async function layerStages(
  plan: LayerPlan,
  known: Known,
  stages: StageRecorder,
  ports: RunPorts,
): Promise<LayerInHand> {
  stages.skip('build', NOT_BUILT[plan.source.from])
  return await stages.run('inspect', 'Inspect', async () => {
    const reading = readLayer(plan.source.path, plan.architecture, ports)
    const engine = engineOnce(known, ports)
    const looking = layerRuntimes(plan.runtimes, plan.architecture, engine, ports.log)
    const compiling = buildOf(plan, reading, engine)
    // All are waited for even if one fails: the others' containers are then gone in the end.
    await Promise.allSettled([reading, looking, compiling])
    const layer = await reading
    known.artifact = { kind: 'layer', path: plan.source.path, layer }
    outputLayer(plan, layer, ports)
    const runtimes = await looking
    const build = await compiling
    const built = build === undefined ? {} : { build }
    known.inspection = { artifact: layer.evidence, runtimes, ...built }
    const { files, elf, bytes } = layer.evidence
    const against = runtimes.map(({ reference, environment }) => `${reference} (${environment.source})`).join(', ')
    const detail = `${files.length} files, ${elf.length} native, ${megabytes(bytes.uncompressed)}; runtime ${against}`
    return { value: { layer: layer.evidence, runtimes, ...built }, detail }
  })
}

/** A given image is read at once. Another is only a likely one: it is read where native code could mind and it costs no download. */
async function buildOf(
  { buildImage, architecture }: LayerPlan,
  reading: Promise<LayerRead>,
  engine: EngineForRuntimes,
): Promise<ReportedBuild | undefined> {
  if (buildImage.from === 'given') return await givenBuildImage(buildImage, architecture, engine)
  const linked = await reading.then(({ evidence }) => evidence.elf.some(({ needed }) => needed.length > 0)).catch(no)
  const ports = linked ? await engine().catch(nothing) : undefined
  return ports === undefined ? undefined : await likelyBuildImage(buildImage, architecture, ports)
}

const no = () => false
const nothing = () => undefined

function outputLayer({ source }: LayerPlan, { zip, contentFingerprint }: LayerRead, { setOutput }: RunPorts): void {
  setOutput('layer-zip', zip === undefined ? undefined : source.path)
  setOutput('code-sha256', zip?.sha256)
  setOutput('content-fingerprint', contentFingerprint)
}

/** The engine, judged when the first image is to be read; its answer stands for the run. */
function engineOnce(known: Known, { engine, docker, log }: RunPorts): () => Promise<RuntimePorts> {
  let usable: Promise<RuntimePorts> | undefined
  const judge = async (): Promise<RuntimePorts> => {
    const judged = judgeEngine(await engine.facts())
    known.engineUsed = true
    const { images, imageFiles, evidenceCache } = docker(judged)
    return { images, reader: evidenceReader({ imageFiles, evidenceCache, log }), log }
  }
  return () => {
    usable ??= judge()
    return usable
  }
}
