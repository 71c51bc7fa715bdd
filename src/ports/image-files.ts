/** An image as the local engine knows it. */
export type LocalImageName = {
  readonly reference: string
  /** Stands for the reference where it is given: a run beside this one may move the tag to another platform's image. */
  readonly id?: string
  /** The image's own platform (`linux/arm64`, also `linux/arm/v7`), which need not be the engine's. */
  readonly platform: string
}

/** The files of images in the local engine. Nothing of an image is ever run. */
export interface ImageFiles {
  /**
   * The image's merged file system as one tar stream, without a temporary copy. `onChunk` is called in order and must
   * take what it needs before it returns: the chunk's memory is reused. What it throws ends the reading and is thrown.
   * Rejects with docker-unavailable, image-not-found, or the signal's reason when the run is cancelled.
   */
  read(image: LocalImageName, onChunk: (chunk: Buffer) => void): Promise<void>
}
