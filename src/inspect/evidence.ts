import type { LocalImageName } from '../ports/image-files.ts'
import type { UnreadContent, ZipOddity } from '../ports/layer-files.ts'
import type { FileFacts } from './fact-readers.ts'

/** What was read from an image or a layer: plain JSON, versioned, serialisable, fit for a bug report and for a fixture. */
export type Evidence = {
  readonly schema: 1
  readonly subject: LocalImageName & { readonly digest?: string }
  readonly image?: ImageFacts
  /** Of a layer. */
  readonly layer?: LayerFacts
  /** What the reference points to in its registry; absent when no registry was or could be asked. */
  readonly manifest?: ManifestFacts
  /** The index that the given reference points to, when one of its children stands for it (contract §4.1). */
  readonly index?: ManifestFacts
  readonly os?: OsRelease
  readonly libc?: Libc
  /** Versions found in the files, by tool: `openssl`, `libstdcxx`, `node`, `python`, … */
  readonly tools: Readonly<Record<string, string>>
  readonly files: readonly FileEntry[]
  readonly elf: readonly ElfFile[]
  /** First bytes of scripts that an entry point may be: path -> first line without its newline (CR kept). */
  readonly firstLines: Readonly<Record<string, string>>
  /** What languages' tools, package managers and other systems left in files, by kind. */
  readonly facts: FileFacts
  readonly bytes: { readonly uncompressed: number; readonly compressed?: number }
  /** What could not be read whole, and why: a check that would have needed it says `notChecked`. */
  readonly partial: readonly PartialReading[]
}

/**
 * `reader`: one of ours failed on a file, and rules that ask for its facts see less than there is; `sizes`: what a later
 * layer hides is not counted.
 */
export type PartialReading =
  | { readonly of: 'file'; readonly path: string; readonly why: string }
  | { readonly of: 'reader'; readonly reader: keyof FileFacts; readonly path: string; readonly why: string }
  | { readonly of: 'sizes'; readonly why: string }

/**
 * Absolute path in the image, without trailing slash (`/` is the root). Modes as in tar, sizes in bytes (0 for all but
 * files), mtime in seconds (0 where Docker's own doing hides the image's).
 */
export type FileEntry = {
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly mtime: number
  /** Target of a symbolic link as written, of a hard link as absolute path. */
  readonly link?: string
}

export type OsRelease = {
  readonly id: string
  readonly versionId: string
  readonly prettyName: string
  /** Dated release of Amazon Linux 2023 (`2023.6.20250107`), when PRETTY_NAME or /etc/system-release carries one. */
  readonly release?: string
}

export type Libc = { readonly family: 'glibc' | 'musl'; readonly version: string }

/** Facts of one ELF file, from program headers and PT_DYNAMIC (ELF gABI, gnu symbol versioning). */
export type ElfFile = {
  readonly path: string
  /** `truncated` or lying headers: why it cannot be read as ELF; the other facts are then as far as they were read. */
  readonly problem?: string
  /** Part of what the loader maps lies beyond the end of the file: who loads it is killed (SIGBUS), caught or not. */
  readonly truncated?: true
  /** Very large files are not kept whole while they pass by: what was passed over and would have been needed. */
  readonly partial?: string
  readonly class: 32 | 64
  readonly littleEndian: boolean
  readonly machine: number
  readonly osAbi: number
  readonly type: number
  readonly interpreter?: string
  readonly soname?: string
  readonly needed: readonly string[]
  readonly rpath?: string
  readonly runpath?: string
  /** DF_1_NODEFLIB: the loader's default folders are not searched for what it needs. */
  readonly noDefaultFolders?: true
  readonly versionsNeeded: readonly VersionNeed[]
  readonly versionsDefined: readonly string[]
  /** Read with symbol-table.ts; absent for a static file, another processor's, or a table that cannot be read. */
  readonly symbols?: ElfSymbols
  /** DF_BIND_NOW, DF_1_NOW: all symbols are looked up when the file is loaded. */
  readonly bindNow?: true
  /** DF_STATIC_TLS: needs room that may be used up in a process that runs already. */
  readonly staticTls?: true
  /** PT_GNU_STACK asks for an executable stack. */
  readonly executableStack?: true
  /** NT_GNU_BUILD_ID in hexadecimal digits. */
  readonly buildId?: string
  /** Least x86-64 level that the code needs, above the first (2 to 4): GNU_PROPERTY_X86_ISA_1_NEEDED. */
  readonly isaLevel?: number
  /** NODE_MODULE_VERSION that an addon of Node.js registers itself with. */
  readonly nodeModuleVersion?: number
  /** Version of Node-API that an addon of Node.js says it was built for; far above all versions: an experimental one. */
  readonly nodeApiVersion?: number
  /** A program that holds the name AWS_LAMBDA_RUNTIME_API: it speaks Lambda's Runtime API, or could. */
  readonly runtimeApi?: true
}

/** Symbols of one file in few bytes: an image has a million of them. */
export type ElfSymbols = {
  /** The gnu hash of every symbol that others may use, ascending, four little-endian bytes each, in base64. */
  readonly exports: string
  /**
   * Strong undefined symbols that relocations of data name: `name` or `name@VERSION`, separated by blanks. Without those
   * of the versions of glibc, libstdc++ and libgcc_s.
   */
  readonly atLoad: string
  /** The same for symbols that are only called: without `bindNow` and RTLD_NOW looked up at their first call. */
  readonly atCall: string
}

/** One DT_VERNEED entry: the versions wanted of one library; `weak` ones only warn at load time (VER_FLG_WEAK). */
export type VersionNeed = {
  readonly file: string
  readonly versions: readonly { readonly name: string; readonly weak: boolean }[]
}

/** The image's configuration (OCI image-spec config; Docker's inspect answer). */
export type ImageFacts = {
  readonly id: string
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly workingDirectory: string
  readonly user: string
  readonly environment: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  /** diff ids, base first. */
  readonly layers: readonly string[]
  readonly created?: string
  /** Settings that only container engines heed; each absent where the image does not have it. */
  readonly volumes?: readonly string[]
  /** `8080/tcp` */
  readonly exposedPorts?: readonly string[]
  /** The command as the configuration holds it: `CMD-SHELL`, `curl …`. */
  readonly healthcheck?: readonly string[]
  readonly stopSignal?: string
  /** What made the image, base first; absent where the engine was not asked. */
  readonly history?: readonly HistoryEntry[]
  /** Read only where another tool than Docker made layers; absent: not read. */
  readonly layerGaps?: readonly LayerGap[]
}

/** A folder without an entry in a layer that holds something in it, or in a layer below (`layer`: from 0, base first). */
export type LayerGap = { readonly layer: number; readonly parent: string; readonly path: string }

/** One entry of an image's history (OCI image-spec config `history`), as far as engines tell it. */
export type HistoryEntry = {
  /** `COPY app/ /var/task/ # buildkit`; build arguments' values are left out. Empty where the tool says nothing. */
  readonly createdBy: string
  /** The tool's own word: `buildkit.dockerfile.v0`, `Imported from -`. */
  readonly comment: string
}

/** A manifest or index as its registry serves it. */
export type ManifestFacts = {
  readonly reference: string
  readonly digest: string
  readonly mediaType: string
  /** Children of an index; absent for an image manifest. */
  readonly children?: readonly ManifestChild[]
  /** Layers of an image manifest. */
  readonly layers?: readonly { readonly digest: string; readonly mediaType: string; readonly size: number }[]
  readonly configDigest?: string
}

export type ManifestChild = {
  readonly digest: string
  readonly mediaType: string
  readonly platform: string
  readonly attestation: boolean
}

/** What only a layer has. */
export type LayerFacts = {
  /** Files of one folder with one content, where links are usual. */
  readonly copies: readonly FileCopies[]
  /** What lies behind the content that is read of a layer; absent: nothing does. Rules about content say `notChecked`. */
  readonly unread?: UnreadContent
  /** Of a finished zip; absent for a folder. */
  readonly zip?: { readonly entries: number; readonly zip64: boolean; readonly oddities: readonly ZipOddity[] }
}

/** `size`: bytes of each. */
export type FileCopies = { readonly size: number; readonly paths: readonly string[] }
