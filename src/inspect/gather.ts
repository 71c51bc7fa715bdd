import { ActionError } from '../errors.ts'
import type { ImageFiles, LocalImageName } from '../ports/image-files.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Evidence, HistoryEntry, LayerGap, ManifestFacts } from './evidence.ts'
import { type FileSystem, partialReadings } from './file-system.ts'
import { imageFacts } from './image-facts.ts'
import { localName } from './local-name.ts'
import { systemFacts } from './system-facts.ts'
import { tarFileSystemReader } from './tar-file-system.ts'
import { TarError } from './tar-header.ts'

export type GatherPorts = { readonly images: Pick<Images, 'inspect' | 'history'>; readonly imageFiles: ImageFiles }

/** An image in the local engine, and what its registry says about the reference when that was asked. */
export type ImageToRead = {
  readonly reference: string
  readonly manifest?: ManifestFacts
  /** The index that the manifest was taken from. */
  readonly index?: ManifestFacts
  /** What made it, when the engine was asked. */
  readonly history?: readonly HistoryEntry[]
  readonly layerGaps?: readonly LayerGap[]
}

/** Reads an image of the local engine once. Rejects with image-not-found or docker-unavailable. */
export async function gather(image: ImageToRead, { images, imageFiles }: GatherPorts): Promise<Evidence> {
  const local = await images.inspect(image.reference)
  if (local === undefined) throw notInEngine(image.reference)
  const history = await images.history(image.reference)
  const evidence = await readImage(image.reference, local, imageFiles)
  return named(evidence, { ...image, ...(history === undefined ? {} : { history }) }, local)
}

/**
 * What is in an image, whatever it is called. `bytes.uncompressed` is what Lambda's 10 GB limit counts: the unpacked
 * files of all layers, also those that a later layer hides. The classic store's `Size` is exactly that. The containerd
 * store's is the compressed size, and the sizes in its history are disk blocks; there the merged files are counted,
 * which are at most as much, and `partial` says so.
 */
export async function readImage(reference: string, local: LocalImage, imageFiles: ImageFiles): Promise<Evidence> {
  const image = imageFacts(local.raw)
  const name = localName(reference, local)
  const fileSystem = await readFiles(name, imageFiles)
  const elf = [...fileSystem.elf.values()]
  const merged = fileSystem.files.reduce((sum, { size }) => sum + size, 0)
  const hidden =
    local.descriptor === undefined
      ? []
      : [{ of: 'sizes', why: 'sizes: files that a later layer hides are not counted' } as const]
  return {
    schema: 1,
    subject: name,
    image,
    ...systemFacts(fileSystem, image.environment),
    files: fileSystem.files,
    elf,
    firstLines: Object.fromEntries(fileSystem.firstLines),
    facts: fileSystem.facts,
    bytes: { uncompressed: Math.max(engineSize(local.raw), merged) },
    partial: [...partialReadings(fileSystem), ...hidden],
  }
}

/**
 * The same evidence under the reference that was asked for, with what its registry says. `bytes.compressed` is the sum
 * of the layers in the manifest, when that is known.
 */
export function named(
  evidence: Evidence,
  { reference, manifest, index, history, layerGaps }: ImageToRead,
  local: LocalImage,
): Evidence {
  const digest = manifest?.digest ?? local.descriptor?.digest ?? local.repoDigests[0]?.split('@')[1]
  const compressed = manifest?.layers?.reduce((sum, { size }) => sum + size, 0)
  return {
    ...evidence,
    subject: {
      ...localName(reference, local),
      ...(digest === undefined ? {} : { digest }),
      platform: evidence.subject.platform,
    },
    ...(manifest === undefined ? {} : { manifest }),
    ...(index === undefined ? {} : { index }),
    ...(evidence.image === undefined
      ? {}
      : { image: { ...evidence.image, ...(history && { history }), ...(layerGaps && { layerGaps }) } }),
    bytes: { ...evidence.bytes, ...(compressed === undefined ? {} : { compressed }) },
  }
}

async function readFiles(name: LocalImageName, imageFiles: ImageFiles): Promise<FileSystem> {
  const reader = tarFileSystemReader()
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

function engineSize(inspected: unknown): number {
  const { Size } = inspected as { readonly Size?: unknown }
  return typeof Size === 'number' ? Size : 0
}

function notInEngine(reference: string): ActionError {
  return new ActionError('image-not-found', `The local engine has no image ${reference}.`, {
    help: 'Build or pull it in a step before this one, or check the reference.',
  })
}
