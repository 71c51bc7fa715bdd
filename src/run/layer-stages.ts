import { join } from 'node:path'
import type { RuntimeFacts } from '../checks/check.ts'
import type { ReportedBuild } from '../inspect/environment.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { givenBuildImage, likelyBuildImage } from '../layer/layer-build.ts'
import { type EngineForRuntimes, layerRuntimes } from '../layer/layer-runtimes.ts'
import { LAYER_ZIP, packLayer, withZipSize } from '../layer/pack-layer.ts'
import { type LayerRead, readLayer } from '../layer/read-layer.ts'
import type { LayerPlan } from '../plan/plan.ts'
import { megabytes } from '../report/environment-table.ts'
import type { Known } from './known.ts'
import { type LayerEngine, layerEngine } from './layer-engine.ts'
import { type LayerTree, layerTree } from './layer-tree.ts'
import { inReportDirectory } from './report-directory.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** A layer, what stands for the runtimes that mount it, and what compiled it. */
export type LayerInHand = {
  readonly layer: Evidence
  readonly runtimes: readonly RuntimeFacts[]
  readonly build?: ReportedBuild
  /** Path of the zip that is published; absent: too large to be packed. */
  readonly zip?: string
  readonly engine: LayerEngine
}

/** Stages `build` and `inspect` of a layer: it is read and packed, beside the images of its runtimes and its build. */
export async function layerStages(
  plan: LayerPlan,
  known: Known,
  request: RunRequest,
  stages: StageRecorder,
  ports: RunPorts,
): Promise<LayerInHand> {
  const engine = layerEngine(known, ports)
  await using tree = await layerTree(plan, engine, request, stages, ports)
  return await stages.run('inspect', 'Inspect', async () => {
    const reading = readLayer(tree.path, plan.architecture, ports, plan.source.path)
    const packing = reading.then((layer) => pack(plan, tree, layer, known, ports))
    const looking = layerRuntimes(plan.runtimes, plan.architecture, engine, ports.log)
    const compiling = buildOf(plan, tree, reading, engine)
    // All are waited for even if one fails: the others' containers are then gone in the end.
    await Promise.allSettled([packing, looking, compiling])
    const { layer, zip } = await packing
    const runtimes = await looking
    const build = await compiling
    const built = build === undefined ? {} : { build }
    known.inspection = { artifact: layer.evidence, runtimes, ...built }
    const { files, elf, bytes } = layer.evidence
    const against = runtimes.map(({ reference, environment }) => `${reference} (${environment.source})`).join(', ')
    const zipped = zip === undefined ? '' : `, zip ${megabytes(zip.bytes)}`
    const detail = `${files.length} files, ${elf.length} native, ${megabytes(bytes.uncompressed)}${zipped}; runtime ${against}`
    const value = {
      layer: layer.evidence,
      runtimes,
      ...built,
      engine,
      ...(zip === undefined ? {} : { zip: zip.path }),
    }
    return { value, detail }
  })
}

/** The image it was built in, or a given one, is read at once. Another is only a likely one: it is read where native code could mind and it costs no download. */
async function buildOf(
  { buildImage, architecture }: LayerPlan,
  { built }: LayerTree,
  reading: Promise<LayerRead>,
  engine: EngineForRuntimes,
): Promise<ReportedBuild | undefined> {
  if (built || buildImage.from === 'given') return await givenBuildImage(buildImage, architecture, engine)
  const linked = await reading.then(({ evidence }) => evidence.elf.some(({ needed }) => needed.length > 0)).catch(no)
  const ports = linked ? await engine().catch(nothing) : undefined
  return ports === undefined ? undefined : await likelyBuildImage(buildImage, architecture, ports)
}

const no = () => false
const nothing = () => undefined

/** What is published is known before anything is judged: later steps may want the zip of a layer with findings. */
async function pack(plan: LayerPlan, tree: LayerTree, read: LayerRead, known: Known, ports: RunPorts) {
  ports.setOutput('content-fingerprint', read.contentFingerprint)
  const { path } = plan.source
  known.artifact = { kind: 'layer', path, layer: read }
  const zip = await inReportDirectory(known, ports, (directory) =>
    packLayer(tree.path, read, join(directory, LAYER_ZIP), ports.layerZipWriter),
  )
  if (zip === undefined)
    ports.log.info(`The layer is not packed: no zip of ${megabytes(read.evidence.bytes.uncompressed)} is accepted.`)
  ports.setOutput('layer-zip', zip?.path)
  ports.setOutput('code-sha256', zip?.sha256)
  const layer = withZipSize(read, zip)
  known.artifact = { kind: 'layer', path, layer, ...(zip === undefined ? {} : { zip }) }
  return { layer, zip }
}
