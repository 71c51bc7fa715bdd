import type { ZipContent } from '../layer/zip/zip-contents.ts'

/** Zip of a layer as it was written. `sha256` in base64, as Lambda's CodeSha256. */
export type WrittenZip = { readonly path: string; readonly bytes: number; readonly sha256: string }

export interface LayerZipWriter {
  /**
   * Packs the contents, which lie in `folder` under their names, into `path`, whose folder is made. Nothing is left at
   * `path` when it fails. Rejects with layer-invalid when a file changed since it was looked at or cannot be read, and
   * with the error of the file system when nothing can be written there.
   */
  write(folder: string, contents: readonly ZipContent[], path: string): Promise<WrittenZip>
}
