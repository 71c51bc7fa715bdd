import { readElf } from './elf.ts'
import { elfCollector } from './elf-collector.ts'
import { isElf } from './elf-header.ts'
import { embeddedVersion } from './embedded-version.ts'
import type { ElfFile, FileEntry } from './evidence.ts'
import { isFactFile } from './fact-files.ts'
import { fileEntry, isInjected } from './file-entry.ts'
import { MAX_FIRST_LINE, scriptLine } from './script-line.ts'
import { type ContentSink, tarWalker } from './tar-walker.ts'

/** What one pass over an image's files gives; everything is keyed by absolute path. */
export type FileSystem = {
  readonly files: readonly FileEntry[]
  readonly elf: ReadonlyMap<string, ElfFile>
  readonly firstLines: ReadonlyMap<string, string>
  /** Content of the small files that facts are taken from (fact-files.ts). */
  readonly texts: ReadonlyMap<string, string>
  /** Versions that binaries carry about themselves. */
  readonly versions: ReadonlyMap<string, string>
}

export type FileSystemReader = { write(chunk: Buffer): void; end(): FileSystem }

const MAGIC = 4
const MAX_TEXT = 64 * 1024

/** Reads the tar stream of an image's file system once, as it comes. Throws TarError. */
export function fileSystemReader(): FileSystemReader {
  const files: FileEntry[] = []
  const elf = new Map<string, ElfFile>()
  const firstLines = new Map<string, string>()
  const texts = new Map<string, string>()
  const versions = new Map<string, string>()
  const collector = elfCollector()
  const magic = Buffer.alloc(MAGIC)
  const walker = tarWalker((header) => {
    const entry = fileEntry(header)
    if (isInjected(entry)) return undefined
    files.push(entry)
    return entry.type === 'file' ? sniffed(entry) : undefined
  })

  return {
    write: walker.write,
    end() {
      walker.end()
      shareWithHardLinks(files, (path, target) => {
        const found = elf.get(target)
        if (found !== undefined) elf.set(path, { ...found, path })
        for (const facts of [firstLines, texts, versions]) {
          const fact = facts.get(target)
          if (fact !== undefined) facts.set(path, fact)
        }
      })
      return { files, elf, firstLines, texts, versions }
    },
  }

  /** The first four bytes, which may come one by one, decide what becomes of the rest. */
  function sniffed(entry: FileEntry): ContentSink {
    let seen = 0
    let sink: ContentSink | undefined
    return {
      bytes(chunk) {
        if (seen >= MAGIC) return sink?.bytes(chunk)
        const used = chunk.copy(magic, seen)
        seen += used
        if (seen < MAGIC) return
        sink = isElf(magic) ? elfFile(entry) : textFile(entry)
        sink?.bytes(magic)
        if (used < chunk.length) sink?.bytes(chunk.subarray(used))
      },
      end() {
        if (seen < MAGIC) {
          sink = textFile(entry)
          sink?.bytes(magic.subarray(0, seen))
        }
        sink?.end()
      },
    }
  }

  function elfFile({ path, size }: FileEntry): ContentSink {
    collector.begin(size)
    return {
      bytes: collector.bytes,
      end() {
        const content = collector.end()
        elf.set(path, readElf(path, content))
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
