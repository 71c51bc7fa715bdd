import { holdsRuntimeApi } from './binaries/runtime-api.ts'
import { readElf } from './elf.ts'
import { elfCollector } from './elf-collector.ts'
import { isElf } from './elf-header.ts'
import { embeddedVersion } from './embedded-version.ts'
import type { ElfFile, FileEntry, PartialReading } from './evidence.ts'
import { factCollector, type ReaderDefect } from './fact-collector.ts'
import { isFactFile } from './fact-files.ts'
import type { FileFacts } from './fact-readers.ts'
import { growingTree } from './file-tree.ts'
import { keptBytes } from './kept-bytes.ts'
import { MAX_FIRST_LINE, scriptLine } from './script-line.ts'
import { importedHashes } from './symbol-table.ts'
import type { ContentSink } from './tar-walker.ts'

/** What one pass over the files of an image or a layer gives; everything is keyed by absolute path. */
export type FileSystem = {
  readonly files: readonly FileEntry[]
  readonly elf: ReadonlyMap<string, ElfFile>
  readonly firstLines: ReadonlyMap<string, string>
  /** Content of the small files that facts are taken from (fact-files.ts). */
  readonly texts: ReadonlyMap<string, string>
  /** Versions that binaries carry about themselves. */
  readonly versions: ReadonlyMap<string, string>
  readonly facts: FileFacts
  /** Readers that threw: a defect of ours. */
  readonly defects: readonly ReaderDefect[]
}

export type FileSystemReader = {
  /** The next file, whatever archive or folder it comes from; where its content goes, or nothing to pass over it. */
  entry(entry: FileEntry): ContentSink | undefined
  end(): FileSystem
}

const MAGIC = 4
const MAX_TEXT = 64 * 1024

/** Reads files one after the other as they come, each once. */
export function fileSystemReader(): FileSystemReader {
  const tree = growingTree()
  const elf = new Map<string, ElfFile>()
  const firstLines = new Map<string, string>()
  const texts = new Map<string, string>()
  const versions = new Map<string, string>()
  // Two: of one file both may keep something.
  const [ofElf, ofFacts] = [keptBytes(), keptBytes()]
  const collector = elfCollector(ofElf)
  const facts = factCollector(ofFacts)
  const magic = Buffer.alloc(MAGIC)

  return {
    entry(entry) {
      tree.add(entry)
      return entry.type === 'file' ? sniffed(entry) : undefined
    },
    end() {
      ofElf.release()
      ofFacts.release()
      const files = tree.end()
      shareWithHardLinks(files, (path, target) => {
        const found = elf.get(target)
        if (found !== undefined) elf.set(path, { ...found, path })
        for (const known of [firstLines, texts, versions]) {
          const fact = known.get(target)
          if (fact !== undefined) known.set(path, fact)
        }
        facts.link(path, target)
      })
      return { files, elf, firstLines, texts, versions, ...facts.end() }
    },
  }

  /** The first four bytes, which may come one by one, decide what becomes of the rest. */
  function sniffed(entry: FileEntry): ContentSink {
    let seen = 0
    let sinks: readonly ContentSink[] = []
    const begin = () => {
      const first = magic.subarray(0, seen)
      const other = isElf(first) ? elfFile(entry) : textFile(entry)
      sinks = [facts.sink(entry, first), other].filter((one) => one !== undefined)
      for (const one of sinks) one.bytes(first)
    }
    return {
      bytes(chunk) {
        if (seen >= MAGIC) {
          for (const one of sinks) one.bytes(chunk)
          return
        }
        const used = chunk.copy(magic, seen)
        seen += used
        if (seen < MAGIC) return
        begin()
        if (used < chunk.length) for (const one of sinks) one.bytes(chunk.subarray(used))
      },
      end() {
        if (seen < MAGIC) begin()
        for (const one of sinks) one.end()
      },
    }
  }

  function elfFile({ path, size, mode }: FileEntry): ContentSink {
    collector.begin(size)
    return {
      bytes: collector.bytes,
      end() {
        const content = collector.end()
        const file = readElf(path, content)
        // While more of the stream is waited for; of a system's programs nobody asks.
        if (file.interpreter === undefined) importedHashes(file)
        elf.set(path, holdsRuntimeApi(file, mode, content) ? { ...file, runtimeApi: true } : file)
        const version = embeddedVersion(path, content)
        if (version !== undefined) versions.set(path, version)
      },
    }
  }

  function textFile({ path, mode }: FileEntry): ContentSink | undefined {
    const isFact = isFactFile(path)
    if (!isFact && (mode & 0o111) === 0) return undefined
    const wanted = isFact ? MAX_TEXT : MAX_FIRST_LINE
    const parts: Buffer[] = []
    let length = 0
    return {
      bytes(chunk) {
        if (length >= wanted) return
        // Copied, since the chunk belongs to the stream.
        parts.push(Buffer.from(chunk.subarray(0, wanted - length)))
        length += chunk.length
      },
      end() {
        const text = Buffer.concat(parts).toString('utf8')
        if (isFact) texts.set(path, text)
        const line = scriptLine(text)
        if (line !== undefined) firstLines.set(path, line)
      },
    }
  }
}

/** A hard link has no content in tar: it is the same file as its target. */
function shareWithHardLinks(files: readonly FileEntry[], share: (path: string, target: string) => void): void {
  for (const { type, path, link } of files) if (type === 'hardlink' && link !== undefined) share(path, link)
}

/** `partial` of an evidence, for what readers failed on, and for what of native files was not read. */
export function partialReadings({ defects, elf }: Pick<FileSystem, 'defects' | 'elf'>): readonly PartialReading[] {
  return [
    ...defects.map(({ reader, path, message }) => ({ of: 'reader', reader, path, why: message }) as const),
    ...[...elf.values()].flatMap(({ path, partial }) =>
      partial === undefined ? [] : [{ of: 'file', path, why: partial } as const],
    ),
  ]
}
