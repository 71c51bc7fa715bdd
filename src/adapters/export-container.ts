import { ActionError } from '../errors.ts'
import type { LocalImageName } from '../ports/image-files.ts'

/** The three calls that reading an image takes, over the socket or through the docker command. */
export type ExportContainers = {
  /** Id of a container that is never started. Rejects with the system's error when the socket cannot be used. */
  create(image: LocalImageName): Promise<string>
  /** Its file system as tar; what `onChunk` throws is thrown. */
  export(id: string, image: LocalImageName, onChunk: (chunk: Buffer) => void): Promise<void>
  /** With the anonymous volumes that the image's VOLUME made. */
  remove(id: string): Promise<void>
}

/** Some command is needed where the image has none; it never runs. */
export const DUMMY_COMMAND = 'lambda-parity-reads-only'

/** What could not be done with an image, with the engine's own words. */
export function exportFailure({ reference }: LocalImageName, answer: string): ActionError {
  const words = answer.trim()
  if (/no such image/i.test(words))
    return new ActionError('image-not-found', `The local engine has no image ${reference}: ${words}`, {
      help: 'Was it removed while the run was going on? Run the job again.',
    })
  return new ActionError('docker-unavailable', `The files of ${reference} cannot be read: ${words}`, {
    help: 'Look at the log of the Docker engine on the runner, and whether its disk is full.',
  })
}
