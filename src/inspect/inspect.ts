import type { ImageArtifact } from '../artifact.ts'
import { inspectFor } from '../build/inspect-for.ts'
import type { RuntimeFacts } from '../checks/check.ts'
import { ActionError } from '../errors.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { EvidenceCache } from '../ports/evidence-cache.ts'
import type { ImageFiles } from '../ports/image-files.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import type { ReportedBuild } from './environment.ts'
import type { Evidence, HistoryEntry, LayerGap } from './evidence.ts'
import { type EvidenceReader, evidenceReader } from './evidence-reader.ts'
import { imageFacts } from './image-facts.ts'
import { foreignLayers, layerGapReader, namelessLayers } from './layer-gaps.ts'
import { namedRuntime, type RuntimePlan, runtimeFacts } from './runtime-facts.ts'
import { TarError } from './tar-header.ts'

export type InspectPorts = {
  readonly images: Images
  readonly imageFiles: ImageFiles
  readonly evidenceCache: EvidenceCache
  readonly log: Log
}

export type Inspection = {
  readonly artifact: Evidence
  readonly runtime: RuntimeFacts
  readonly build?: ReportedBuild
}

export type Inspector = {
  /** Reads the artifact, and waits for what stands for its runtime. */
  inspect(artifact: ImageArtifact): Promise<Inspection>
  /** For other images of the run: each is read once, whoever asks. */
  readonly reader: EvidenceReader
}

/**
 * Begins at once with the runtime image that the plan names: pulling and reading it takes as long as many a build, and
 * needs nothing of it. Both readings are waited for even if one fails: the other's container is then gone in the end.
 */
export function inspector(plan: RuntimePlan, ports: InspectPorts): Inspector {
  const reader = evidenceReader(ports)
  const runtimePorts = { images: ports.images, reader, log: ports.log }
  const named = namedRuntime(plan, runtimePorts)
  // A build that fails first is what the run tells; nobody asks for this then.
  named.catch(() => undefined)
  return {
    reader,
    async inspect(artifact) {
      const reading = readArtifact(artifact, plan.architecture, ports.images, reader)
      const [evidence, namedImage] = await settled(reading, named)
      return { artifact: evidence, runtime: await runtimeFacts(plan, evidence, namedImage, runtimePorts) }
    },
  }
}

async function readArtifact(
  { reference, source, repaired }: ImageArtifact,
  architecture: Architecture,
  images: Images,
  reader: EvidenceReader,
): Promise<Evidence> {
  const local = await inspectFor(architecture, reference, images)
  if (local === undefined)
    throw new ActionError('image-not-found', `The local engine no longer has the image ${reference}.`, {
      help: 'Another job of this machine may have removed it; run the job again.',
    })
  const fromRegistry = { ...(source && { manifest: source }), ...(repaired && { index: repaired.index }) }
  const history = await images.history(reference)
  const layerGaps = await gapsOf(reference, local, history, images)
  const made = { ...(history && { history }), ...(layerGaps && { layerGaps }) }
  return await reader.read({ reference, ...fromRegistry, ...made }, local)
}

/**
 * Folders that layers lack. Only layers of other tools than Docker can lack any, and saving takes as long as reading:
 * other images are spared it, and so is the containerd store, which gives layers out as they are compressed.
 */
async function gapsOf(
  reference: string,
  { descriptor, raw }: LocalImage,
  history: readonly HistoryEntry[] | undefined,
  images: Images,
): Promise<readonly LayerGap[] | undefined> {
  if (history === undefined || descriptor !== undefined) return undefined
  const image = imageFacts(raw)
  const made = { history, layers: image.layers }
  // AWS's base images have no history, and Lambda takes their layers.
  const suspects = image.environment.LAMBDA_RUNTIME_DIR === undefined ? namelessLayers(made) : 0
  if (foreignLayers(made) + suspects === 0) return undefined
  const gaps = layerGapReader()
  try {
    return (await images.save(reference, gaps.write)) ? gaps.end() : undefined
  } catch (error) {
    if (error instanceof TarError) return undefined
    throw error
  }
}

async function settled<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second])
  return [await first, await second]
}
