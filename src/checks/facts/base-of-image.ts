import type { Evidence, ImageFacts } from '../../inspect/evidence.ts'
import { isBuiltOn } from '../../inspect/recognise-runtime.ts'
import type { Subject } from '../check.ts'

/** The image that an artifact is compared with as its base, when it was read and is not the artifact itself. */
export type BaseOfImage = { readonly evidence: Evidence; readonly image: ImageFacts; readonly exact: boolean }

/**
 * `exact`: the artifact's first layers are the base's. Without that, an image of the same kind (the variables of an AWS
 * base image on both sides, or the FROM of the Dockerfile) still is what it was built on, in another release.
 */
export function baseOfImage({ artifact, runtimes, plan }: Subject): BaseOfImage | undefined {
  const evidence = runtimes[0]?.evidence
  if (evidence?.image === undefined || artifact.image === undefined) return undefined
  if (evidence === artifact || evidence.image.id === artifact.image.id) return undefined
  const { image } = evidence
  const exact = isBuiltOn(artifact.image.layers, image.layers)
  const directory = image.environment.LAMBDA_RUNTIME_DIR
  const akin = directory !== undefined && directory === artifact.image.environment.LAMBDA_RUNTIME_DIR
  const named = plan.kind === 'image' && plan.base?.reference === evidence.subject.reference
  return exact || akin || named ? { evidence, image, exact } : undefined
}

/** Why rules about the base stay open. */
export const NO_BASE = 'the base image is not known or was not read'
