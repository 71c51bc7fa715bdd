import type { EvidenceCache } from '../ports/evidence-cache.ts'
import type { ImageFiles } from '../ports/image-files.ts'
import type { LocalImage } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import type { Evidence } from './evidence.ts'
import { indexFiles } from './file-tree.ts'
import { type ImageToRead, named, readImage } from './gather.ts'
import { imageFacts, imagePlatform } from './image-facts.ts'

export type ReaderPorts = { readonly imageFiles: ImageFiles; readonly evidenceCache: EvidenceCache; readonly log: Log }

/** Reads every image of a run once, whatever references lead to it. */
export type EvidenceReader = {
  /** `keep`: other runs will want it too, so it is taken from and put into the cache on disk. */
  read(image: ImageToRead, local: LocalImage, options?: { readonly keep?: boolean }): Promise<Evidence>
}

export function evidenceReader({ imageFiles, evidenceCache, log }: ReaderPorts): EvidenceReader {
  const readings = new Map<string, Promise<Evidence>>()
  return {
    async read(image, local, { keep = false } = {}) {
      // On the containerd store the id may be an index's, which stands for several platforms.
      const platform = imagePlatform(imageFacts(local.raw))
      const key = `${local.id} ${platform}`
      const reading = readings.get(key) ?? (keep ? kept : fresh)(image.reference, local, platform)
      readings.set(key, reading)
      return named(await reading, image, local)
    },
  }

  async function kept(reference: string, local: LocalImage, platform: string): Promise<Evidence> {
    const earlier = await evidenceCache.read(local.id, platform)
    if (earlier !== undefined) {
      log.info(`${reference} was read by an earlier run: its evidence is taken from the tool cache`)
      // What rules ask of it is indexed while others are read.
      indexFiles(earlier.files)
      return earlier
    }
    const evidence = await fresh(reference, local)
    await evidenceCache.write(local.id, platform, evidence)
    return evidence
  }

  async function fresh(reference: string, local: LocalImage): Promise<Evidence> {
    log.info(`Reading the files of ${reference}`)
    return await readImage(reference, local, imageFiles)
  }
}
