import { ActionError } from '../errors.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { fileSystemReader, partialReadings } from '../inspect/file-system.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { LayerFiles, ZipRead } from '../ports/layer-files.ts'
import { contentRecorder } from './content-recorder.ts'

export type LayerRead = {
  readonly evidence: Evidence
  /** Contract §4.9; absent when a file could not be read whole. */
  readonly contentFingerprint?: string
  /** Of a finished zip: what is published as it is. */
  readonly zip?: ZipRead
}

/**
 * A folder laid out as under /opt, or a finished zip, as evidence with paths below /opt. Nothing of it is unpacked,
 * followed or run. `reference`: what it is called, when that is not its path. Rejects with layer-invalid when it cannot be read.
 */
export async function readLayer(
  path: string,
  architecture: Architecture,
  { layerFiles }: { readonly layerFiles: LayerFiles },
  reference = path,
): Promise<LayerRead> {
  const reader = fileSystemReader()
  const recorder = contentRecorder()
  const onFile = recorder.around(reader.entry)
  const zip = (await layerFiles.kind(path)) === 'zip' ? await layerFiles.readZip(path, onFile) : undefined
  const { partial, unread } = zip ?? (await layerFiles.readFolder(path, onFile))
  const fileSystem = reader.end()
  const { files, elf, firstLines, facts } = fileSystem
  // What is odd about a zip says more.
  if (files.every(({ type }) => type === 'directory') && !zip?.oddities.length) throw nothingIn(reference)
  const { fingerprint, copies } = recorder.end(files)
  return {
    evidence: {
      schema: 1,
      subject: { reference, platform: architectureRow(architecture).platform },
      layer: {
        copies,
        ...(unread === undefined ? {} : { unread }),
        ...(zip === undefined ? {} : { zip: zipFacts(zip) }),
      },
      tools: {},
      files,
      elf: [...elf.values()],
      firstLines: Object.fromEntries(firstLines),
      facts,
      bytes: {
        uncompressed: files.reduce((sum, { size }) => sum + size, 0),
        ...(zip === undefined ? {} : { compressed: zip.size }),
      },
      partial: [...partial, ...partialReadings(fileSystem)],
    },
    ...(fingerprint === undefined ? {} : { contentFingerprint: fingerprint }),
    ...(zip === undefined ? {} : { zip }),
  }
}

function zipFacts({ entries, zip64, oddities }: ZipRead) {
  return { entries, zip64, oddities }
}

function nothingIn(reference: string): ActionError {
  return new ActionError('layer-invalid', `${reference} holds no file that functions could use.`, {
    help: 'Does a step before this one fill it? `layer-path` is laid out as under /opt: `python/`, `nodejs/node_modules`, `bin/`, `lib/`, …',
  })
}
