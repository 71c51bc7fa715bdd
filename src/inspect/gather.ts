import { ActionError } from '../errors.ts'
import type { ImageFiles } from '../ports/image-files.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Evidence, ManifestFacts } from './evidence.ts'
import { type FileSystem, fileSystemReader } from './file-system.ts'
import { imageFacts, imagePlatform } from './image-facts.ts'
import { systemFacts } from './system-facts.ts'
import { TarError } from './tar-header.ts'

export type GatherPorts = { readonly images: Pick<Images, 'inspect'>; readonly imageFiles: ImageFiles }

/** An image in the local engine, and what its registry says about the reference when that was asked. */
export type ImageToRead = { readonly reference: string; readonly manifest?: ManifestFacts }

/**
 * Reads an image of the local engine once. `bytes.uncompressed` is what Lambda's 10 GB limit counts: the unpacked files
 * of all layers as the engine's history states them; where it states none, the merged files, which are at most as
 * much (then `partial` says so). `bytes.compressed` is the sum of the layers in the manifest, when that is known.
 * Rejects with image-not-found or docker-unavailable.
 */
export async function gather(image: ImageToRead, ports: GatherPorts): Promise<Evidence> {
  const local = await ports.images.inspect(image.reference)
  if (local === undefined)
    throw new ActionError('image-not-found', `The local engine has no image ${image.reference}.`, {
      help: 'Build or pull it in a step before this one, or check the reference.',
    })
  return await gatherLocal(image, local, ports)
}

/** The same for an image whose inspect answer is at hand. */
export async function gatherLocal(
  { reference, manifest }: ImageToRead,
  local: LocalImage,
  { imageFiles }: Pick<GatherPorts, 'imageFiles'>,
): Promise<Evidence> {
  const image = imageFacts(local.raw)
  const platform = imagePlatform(image)
  const name = { reference, platform }
  const [layerBytes, fileSystem] = await Promise.all([imageFiles.layerBytes(name), readFiles(name, imageFiles)])
  const digest = manifest?.digest ?? local.descriptor?.digest ?? local.repoDigests[0]?.split('@')[1]
  const compressed = manifest?.layers?.reduce((sum, { size }) => sum + size, 0)
  return {
    schema: 1,
    subject: { reference, ...(digest === undefined ? {} : { digest }), platform },
    image,
    ...(manifest === undefined ? {} : { manifest }),
    ...systemFacts(fileSystem, image.environment),
    files: fileSystem.files,
    elf: [...fileSystem.elf.values()],
    firstLines: Object.fromEntries(fileSystem.firstLines),
    bytes: {
      uncompressed: layerBytes ?? fileSystem.files.reduce((sum, { size }) => sum + size, 0),
      ...(compressed === undefined ? {} : { compressed }),
    },
    partial: partial(fileSystem, layerBytes),
  }
}

async function readFiles(name: { reference: string; platform: string }, imageFiles: ImageFiles): Promise<FileSystem> {
  const reader = fileSystemReader()
  try {
    await imageFiles.read(name, reader.write)
    return reader.end()
  } catch (error) {
    if (!(error instanceof TarError)) throw error
    throw new ActionError(
      'docker-unavailable',
      `The files of ${name.reference} were not read to the end: ${error.message}`,
      {
        help: 'Was the Docker engine stopped, or its disk full? Look at its log on the runner and run the job again.',
        cause: error,
      },
    )
  }
}

function partial({ elf }: FileSystem, layerBytes: number | undefined): string[] {
  const files = [...elf.values()].flatMap(({ path, partial: what }) => (what === undefined ? [] : `${path}: ${what}`))
  const sizes =
    layerBytes === undefined ? ['sizes of image layers: the engine does not tell; merged files counted'] : []
  return [...files, ...sizes]
}
