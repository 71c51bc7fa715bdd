import { inspectFor } from '../build/inspect-for.ts'
import { pullRuntimeImage } from '../build/pull-runtime-image.ts'
import type { ReportedBuild } from '../inspect/environment.ts'
import type { RuntimePorts } from '../inspect/runtime-facts.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { NamedImage } from '../plan/plan.ts'
import type { EngineForRuntimes } from './layer-runtimes.ts'

export type DerivedBuildImage = Extract<NamedImage, { readonly from: 'derived' }>

/** The image that compiled the layer, or is said to have. Rejects with image-not-found or docker-unavailable. */
export async function givenBuildImage(
  { reference }: NamedImage,
  architecture: Architecture,
  engine: EngineForRuntimes,
): Promise<ReportedBuild> {
  const { images, reader } = await engine()
  const answer = await pullRuntimeImage(reference, architecture, images)
  if ('unreadable' in answer) throw answer.unreadable
  return { evidence: await reader.read(answer, answer.image, { keep: true }) }
}

/**
 * The image in which a finished layer may have been compiled. It is only read when the engine has it already: then
 * somebody builds with it on this machine, where a download of a gigabyte would compare with a guess. Never rejects.
 */
export async function likelyBuildImage(
  { reference }: DerivedBuildImage,
  architecture: Architecture,
  { images, reader, log }: RuntimePorts,
): Promise<ReportedBuild | undefined> {
  try {
    const image = await inspectFor(architecture, reference, images)
    if (image?.architecture === architectureRow(architecture).docker) {
      return { evidence: await reader.read({ reference }, image, { keep: true }) }
    }
    log.info(
      `The build image ${reference} is not in the local engine: \`build-image\` says which one compiled the layer.`,
    )
  } catch (error) {
    log.info(`The build image ${reference} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
  return undefined
}
