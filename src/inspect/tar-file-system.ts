import { fileEntry, isInjected } from './file-entry.ts'
import { type FileSystem, fileSystemReader } from './file-system.ts'
import { tarWalker } from './tar-walker.ts'

export type TarFileSystemReader = { write(chunk: Buffer): void; end(): FileSystem }

/** Reads the tar stream of an image's file system once, as it comes. Throws TarError. */
export function tarFileSystemReader(): TarFileSystemReader {
  const reader = fileSystemReader()
  const walker = tarWalker((header) => {
    const entry = fileEntry(header)
    return isInjected(entry) ? undefined : reader.entry(entry)
  })
  return {
    write: walker.write,
    end() {
      walker.end()
      return reader.end()
    },
  }
}
