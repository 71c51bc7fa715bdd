import { judgeEngine } from '../build/judge-engine.ts'
import type { RuntimeFacts } from '../checks/check.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { evidenceReader } from '../inspect/evidence-reader.ts'
import type { RuntimePorts } from '../inspect/runtime-facts.ts'
import { layerRuntimes } from '../layer/layer-runtimes.ts'
import { type LayerRead, readLayer } from '../layer/read-layer.ts'
import { NOT_BUILT } from '../plan/lines.ts'
import type { LayerPlan } from '../plan/plan.ts'
import { megabytes } from '../report/environment-table.ts'
import type { Known } from './known.ts'
import type { RunPorts } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** A layer and what stands for the runtimes that mount it. */
export type LayerInHand = { readonly layer: Evidence; readonly runtimes: readonly RuntimeFacts[] }

/** Stages `build` and `inspect` of a layer: it is read where it lies, beside the images of its runtimes. */
export async function layerStages(
  plan: LayerPlan,
  known: Known,
  stages: StageRecorder,
  ports: RunPorts,
): Promise<LayerInHand> {
  stages.skip('build', NOT_BUILT[plan.source.from])
  return await stages.run('inspect', 'Inspect', async () => {
    const reading = readLayer(plan.source.path, plan.architecture, ports)
    const looking = layerRuntimes(plan.runtimes, plan.architecture, engineOnce(known, ports), ports.log)
    // Both are waited for even if one fails: the other's container is then gone in the end.
    await Promise.allSettled([reading, looking])
    const layer = await reading
    known.artifact = { kind: 'layer', path: plan.source.path, layer }
    outputLayer(plan, layer, ports)
    const runtimes = await looking
    known.inspection = { artifact: layer.evidence, runtimes }
    const { files, elf, bytes } = layer.evidence
    const against = runtimes.map(({ reference, environment }) => `${reference} (${environment.source})`).join(', ')
    const detail = `${files.length} files, ${elf.length} native, ${megabytes(bytes.uncompressed)}; runtime ${against}`
    return { value: { layer: layer.evidence, runtimes }, detail }
  })
}

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
