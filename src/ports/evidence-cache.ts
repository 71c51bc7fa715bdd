import type { Evidence } from '../inspect/evidence.ts'

/** Evidence of images that many runs read, kept by what identifies the content. Neither method ever rejects. */
export interface EvidenceCache {
  /** `undefined` when there is none, or when what is there cannot be used. */
  read(imageId: string, platform: string): Promise<Evidence | undefined>
  write(imageId: string, platform: string, evidence: Evidence): Promise<void>
}
