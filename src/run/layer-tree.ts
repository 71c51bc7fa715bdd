import { buildLayer } from '../layer/build/build-layer.ts'
import { NOT_BUILT } from '../plan/lines.ts'
import type { LayerPlan } from '../plan/plan.ts'
import type { LayerEngine } from './layer-engine.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** The folder or zip that is read. What was built is gone once it is disposed of. */
export type LayerTree = AsyncDisposable & { readonly path: string; readonly built: boolean }

/** Stage `build` of a layer. */
export async function layerTree(
  plan: LayerPlan,
  engine: LayerEngine,
  { environment }: RunRequest,
  stages: StageRecorder,
  { layerFiles, log }: RunPorts,
): Promise<LayerTree> {
  const { source } = plan
  if (source.from === 'path') {
    stages.skip('build', NOT_BUILT[source.from])
    return { path: source.path, built: false, [Symbol.asyncDispose]: async () => undefined }
  }
  return await stages.run('build', 'Build', async () => {
    const { docker } = await engine()
    const { folder, detail } = await buildLayer(plan, source, environment, { ...docker, layerFiles, log })
    const value = { path: folder.path, built: true, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
    return { value, detail }
  })
}
