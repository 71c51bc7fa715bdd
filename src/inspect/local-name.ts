import type { LocalImageName } from '../ports/image-files.ts'
import type { LocalImage } from '../ports/images.ts'
import type { Evidence } from './evidence.ts'
import { imageFacts, imagePlatform } from './image-facts.ts'

/** What the engine is asked for by: on the classic store the id. On the containerd store the child of an index has none. */
export function localName(reference: string, local: LocalImage): LocalImageName {
  const ownId = local.descriptor === undefined && local.index === undefined ? { id: local.id } : {}
  return { reference, ...ownId, platform: imagePlatform(imageFacts(local.raw)) }
}

/** The same of an image that was read: what is started is what was read, wherever its tag leads by then. */
export function startedAs({ subject }: Evidence): string {
  return subject.id ?? subject.reference
}
