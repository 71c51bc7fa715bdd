import { isElf } from './elf-header.ts'
import type { FileEntry } from './evidence.ts'
import { type FactReader, type FileFact, MOST_WANTED } from './fact-reader.ts'
import { FACT_READERS, type FileFacts } from './fact-readers.ts'
import { headCollector } from './head-collector.ts'
import type { KeptBytes } from './kept-bytes.ts'
import type { ContentSink } from './tar-walker.ts'

export type FactCollector = {
  /** Takes the content of the file when a reader wants some of it. */
  sink(entry: FileEntry, magic: Buffer): ContentSink | undefined
  /** The facts of `target` are those of `path` too. */
  link(path: string, target: string): void
  end(): { readonly facts: FileFacts; readonly defects: readonly ReaderDefect[] }
}

/** A reader threw, which none may: a defect of ours that must not end the run. Its facts are not complete. */
export type ReaderDefect = { readonly reader: keyof FileFacts; readonly path: string; readonly message: string }

type Reader = FactReader<unknown, FileFact>

/** Hands every passing file to the readers that want it; `memory` holds what is kept of one file. */
export function factCollector(memory: KeptBytes): FactCollector {
  const collecting = Object.entries<Reader>(FACT_READERS).map(([name, reader]) => ({
    name: name as keyof FileFacts,
    reader: reader.begin?.() ?? reader,
    drafts: new Map<string, unknown>(),
  }))
  const head = headCollector(memory)
  const defects: ReaderDefect[] = []
  const guarded = <T>(reader: keyof FileFacts, path: string, otherwise: T, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      defects.push({ reader, path, message: error instanceof Error ? error.message : String(error) })
      return otherwise
    }
  }

  return {
    sink(entry, magic) {
      const isOfElf = isElf(magic)
      const wanting = collecting.flatMap(({ name, reader, drafts }) => {
        if (isOfElf && reader.ofElf !== true) return []
        const wanted = Math.min(
          guarded(name, entry.path, 0, () => reader.wants(entry, magic)),
          MOST_WANTED,
        )
        return wanted > 0 ? [{ name, reader, drafts, wanted }] : []
      })
      if (wanting.length === 0) return undefined
      head.begin(Math.max(...wanting.map(({ wanted }) => wanted)))
      return {
        bytes: head.bytes,
        end() {
          const bytes = head.end()
          for (const { name, reader, drafts, wanted } of wanting) {
            const draft = guarded(name, entry.path, undefined, () => reader.read(entry, bytes.subarray(0, wanted)))
            if (draft !== undefined) drafts.set(entry.path, draft)
          }
        },
      }
    },
    link(path, target) {
      for (const { drafts } of collecting) {
        const draft = drafts.get(target)
        if (draft !== undefined) drafts.set(path, draft)
      }
    },
    end() {
      const facts = collecting.map(({ name, reader, drafts }) => [
        name,
        guarded<readonly FileFact[]>(name, '', [], () => reader.finish(drafts)),
      ])
      return { facts: Object.fromEntries(facts) as FileFacts, defects }
    },
  }
}
