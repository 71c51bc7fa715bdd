/** The part of yauzl 3 that is used; the package carries no types of its own. */
declare module 'yauzl' {
  export type Options = {
    /** `false`: names are raw bytes, and no name is refused. */
    decodeStrings?: boolean
    validateEntrySizes?: boolean
    autoClose?: boolean
    lazyEntries?: boolean
  }

  export interface Entry {
    readonly versionMadeBy: number
    readonly generalPurposeBitFlag: number
    readonly compressionMethod: number
    readonly crc32: number
    readonly compressedSize: number
    readonly uncompressedSize: number
    readonly externalFileAttributes: number
    readonly relativeOffsetOfLocalHeader: number
    readonly fileNameRaw: Buffer
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[]
    isEncrypted(): boolean
  }

  export interface ZipFile {
    readonly entryCount: number
    eachEntry(): AsyncIterableIterator<Entry>
    readLocalFileHeader(
      entry: Entry,
      callback: (
        error: Error | null,
        header?: { readonly fileDataStart: number; readonly fileName: Buffer; readonly compressionMethod: number },
      ) => void,
    ): void
    openReadStreamPromise(entry: Entry): Promise<NodeJS.ReadableStream>
    close(): void
  }

  export class RandomAccessReader {
    ref(): void
    unref(): void
    _readStreamForRange(start: number, end: number): NodeJS.ReadableStream
    read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null, bytesRead?: number) => void,
    ): void
    close(callback: (error: Error | null) => void): void
  }

  export function fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>

  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    size: number,
    options: Options,
  ): Promise<ZipFile>

  /** Characters of a name by the entry's flags and Info-ZIP's extra field. */
  export function getFileNameLowLevel(
    generalPurposeBitFlag: number,
    fileNameRaw: Buffer,
    extraFields: Entry['extraFields'],
    strictFileNames: boolean,
  ): string
}
