import type { FileEntry, PartialReading } from '../inspect/evidence.ts'
import type { ContentSink } from '../inspect/tar-walker.ts'

/** Takes the next file, parents before children, in the order of paths; returns where its content goes. */
export type OnLayerFile = (entry: FileEntry) => ContentSink | undefined

/**
 * What is laid out as under /opt, read where it lies: nothing is unpacked, written or followed. Paths begin with `/opt`.
 * Both reject with layer-invalid when the layer cannot be read.
 */
export interface LayerFiles {
  /** `folder`, `zip` (any file), or `undefined` when nothing is there. */
  kind(path: string): Promise<'folder' | 'zip' | undefined>
  /** A folder; modes as our zip writer will normalise them (644, 755). Returns what was not read whole, and why. */
  readFolder(path: string, onFile: OnLayerFile): Promise<FolderRead>
  /** A finished zip; modes as its entries state them. */
  readZip(path: string, onFile: OnLayerFile): Promise<ZipRead>
}

export type FolderRead = { readonly partial: readonly PartialReading[]; readonly unread?: UnreadContent }

/** Files behind the most content that is read: of them only names, modes and sizes are known. */
export type UnreadContent = { readonly files: number; readonly bytes: number }

export type ZipRead = {
  /** Bytes of the zip itself. */
  readonly size: number
  /** Base64 of its sha256: Lambda's CodeSha256. */
  readonly sha256: string
  /** Entries of its central directory, folders and repeated names included. */
  readonly entries: number
  /** Written with the 64-bit extensions. */
  readonly zip64: boolean
  readonly oddities: readonly ZipOddity[]
  readonly partial: readonly PartialReading[]
  readonly unread?: UnreadContent
}

/** One thing about an entry that unpacks elsewhere, twice, differently, or not at all. */
export type ZipOddity = {
  readonly kind: ZipOddityKind
  /** As it stands in the zip. */
  readonly name: string
  /** What it collides with, how it is packed, what is wrong with it. */
  readonly detail?: string
}

/**
 * Names: `parent` (`..`), `absolute`, `backslash`, `empty`, `not-utf8`. Two entries for one place: `duplicate`, `case-collision`,
 * `file-as-folder`. Links: `link-as-text` (a link whose type was lost). Content: `encrypted`, `method` (neither stored
 * nor deflated), `damaged` (sizes, checksum or stream are wrong), `special` (device, socket, pipe).
 */
export type ZipOddityKind =
  | 'parent'
  | 'absolute'
  | 'backslash'
  | 'empty'
  | 'not-utf8'
  | 'duplicate'
  | 'case-collision'
  | 'file-as-folder'
  | 'link-as-text'
  | 'encrypted'
  | 'method'
  | 'damaged'
  | 'special'
