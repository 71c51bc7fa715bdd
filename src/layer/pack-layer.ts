import type { LayerZipWriter, WrittenZip } from '../ports/layer-zip-writer.ts'
import { MOST_CONTENT } from './layer-paths.ts'
import type { LayerRead } from './read-layer.ts'
import { zipContents } from './zip/zip-contents.ts'

/** Name of the zip in `report-dir`. */
export const LAYER_ZIP = 'layer.zip'

/**
 * The zip that is published: a finished one as it is, else the folder packed into `target`. `undefined` for what is so much
 * larger than Lambda takes that it was not even read whole. Rejects as LayerZipWriter.write does.
 */
export async function packLayer(
  source: string,
  { zip, evidence }: LayerRead,
  target: string,
  writer: LayerZipWriter,
): Promise<WrittenZip | undefined> {
  if (zip !== undefined) return { path: source, bytes: zip.size, sha256: zip.sha256 }
  if (evidence.bytes.uncompressed > MOST_CONTENT) return undefined
  return await writer.write(source, zipContents(evidence.files), target)
}

/** The layer with the size of its zip, which rules ask for. */
export function withZipSize(layer: LayerRead, zip: WrittenZip | undefined): LayerRead {
  if (zip === undefined) return layer
  const bytes = { ...layer.evidence.bytes, compressed: zip.bytes }
  return { ...layer, evidence: { ...layer.evidence, bytes } }
}
