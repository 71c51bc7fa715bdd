import { fromRandomAccessReaderPromise } from 'yauzl'
import type { ZipSizes } from '../ports/zip-sizes.ts'
import { RangeReader } from './range-reader.ts'

/** Reads the list of entries at the end of a zip, not the zip: some kilobytes of many megabytes. */
export function presignedZips({ signal }: { readonly signal: AbortSignal }): ZipSizes {
  return {
    async unzipped(url) {
      const reader = await RangeReader.open(url, signal)
      const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false, lazyEntries: true }
      const zip = await fromRandomAccessReaderPromise(reader, reader.size, options)
      let bytes = 0
      for await (const { uncompressedSize } of zip.eachEntry()) bytes += uncompressedSize
      return bytes
    },
  }
}
