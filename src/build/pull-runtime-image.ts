import { ActionError } from '../errors.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import { inspectFor } from './inspect-for.ts'

/** The runtime image, or why it cannot be read (always `image-not-found`, so that a given one fails with it and a derived one falls back). */
export type RuntimeImageAnswer =
  | { readonly reference: string; readonly image: LocalImage }
  | { readonly unreadable: ActionError }

/** A job beside this one may pull another platform under the same tag before it is looked up. */
const MOST_PULLS = 3

/** Has the local engine get `reference` for the architecture, unless it is there already. */
export async function pullRuntimeImage(
  reference: string,
  architecture: Architecture,
  images: Images,
): Promise<RuntimeImageAnswer> {
  const row = architectureRow(architecture)
  let image = await inspectFor(architecture, reference, images)
  for (let pulls = 0; image?.architecture !== row.docker && pulls < MOST_PULLS; pulls += 1) {
    try {
      await images.pull(reference, { platform: row.platform })
    } catch (error) {
      if (!(error instanceof ActionError) || error.code === 'docker-unavailable') throw error
      return { unreadable: new ActionError('image-not-found', error.message, { help: error.help, cause: error }) }
    }
    image = await inspectFor(architecture, reference, images)
  }
  if (image !== undefined) return { reference, image }
  return {
    unreadable: new ActionError('image-not-found', `${reference} was pulled, but the local engine does not have it.`, {
      help: 'Another job of this machine may have removed it; run the job again.',
    }),
  }
}
