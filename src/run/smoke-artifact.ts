import { isSkipped, type Plan } from '../plan/plan.ts'
import type { SmokeReport } from '../report/report.ts'
import { smokeLayer } from '../smoke/layer/smoke-layer.ts'
import { smoke } from '../smoke/smoke.ts'
import type { ImageInHand } from './image-stages.ts'
import type { LayerInHand } from './layer-stages.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'

/** Invokes an image, or a layer in the first of its runtimes. */
export async function smokeArtifact(
  plan: Plan,
  subject: ImageInHand | LayerInHand,
  { signal }: RunRequest,
  { clock, log }: RunPorts,
): Promise<SmokeReport> {
  if (isSkipped(plan.smoke)) throw new Error('a smoke that is off was started')
  if ('docker' in subject) {
    const { docker, inspection } = subject
    const image = { architecture: plan.architecture, evidence: inspection.artifact }
    return await smoke(plan.smoke, image, inspection.runtime, { ...docker, clock, log, signal })
  }
  if (plan.kind !== 'layer') throw new Error('a layer is in hand, and an image was planned')
  const [runtime] = subject.runtimes
  if (runtime?.evidence === undefined) {
    const reason = `The runtime image ${runtime?.reference ?? ''} could not be read.`
    return { status: 'skipped', reason, constraints: {}, cases: [] }
  }
  const { docker } = await subject.engine()
  const layer = { layer: subject.layer, zip: subject.zip, runtime: { ...runtime, evidence: runtime.evidence } }
  return await smokeLayer({ ...plan, smoke: plan.smoke }, layer, { ...docker, clock, log, signal })
}
