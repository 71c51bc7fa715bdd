import type { ImageConfig } from '../plan/plan.ts'
import type { Evidence } from './evidence.ts'

/** The image as its function starts it: what `ImageConfig` states stands in place of the image's own settings. */
export function asStarted(evidence: Evidence, config: ImageConfig | undefined): Evidence {
  if (evidence.image === undefined || config === undefined) return evidence
  return { ...evidence, image: { ...evidence.image, ...config } }
}
