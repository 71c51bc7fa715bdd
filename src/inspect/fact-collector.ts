import type { FileEntry } from './evidence.ts'
import { type FactReader, type FileFact, MOST_WANTED } from './fact-reader.ts'
import { FACT_READERS, type FileFacts } from './fact-readers.ts'
import { headCollector } from './head-collector.ts'
import type { ContentSink } from './tar-walker.ts'

export type FactCollector = {
  /** Takes the content of the file when a reader wants some of it. */
  sink(entry: FileEntry, magic: Buffer): ContentSink | undefined
  /** The facts of `target` are those of `path` too. */
  link(path: string, target: string): void
  end(): FileFacts
}

type Collecting = { readonly reader: FactReader<unknown, FileFact>; readonly drafts: Map<string, unknown> }

/** Hands every passing file to the readers that want it; `buffer` holds what is kept of one file. */
export function factCollector(buffer: Buffer): FactCollector {
  const collecting = Object.entries<FactReader<unknown, FileFact>>(FACT_READERS).map(
    ([name, reader]) => [name, { reader, drafts: new Map() }] as const satisfies readonly [string, Collecting],
  )
  const head = headCollector(buffer)

  return {
    sink(entry, magic) {
      const wanting = collecting.flatMap(([, { reader, drafts }]) => {
        const wanted = Math.min(reader.wants(entry, magic), MOST_WANTED)
        return wanted > 0 ? [{ reader, drafts, wanted }] : []
      })
      if (wanting.length === 0) return undefined
      head.begin(Math.max(...wanting.map(({ wanted }) => wanted)))
      return {
        bytes: head.bytes,
        end() {
          const bytes = head.end()
          for (const { reader, drafts, wanted } of wanting) {
            const draft = reader.read(entry, bytes.subarray(0, wanted))
            if (draft !== undefined) drafts.set(entry.path, draft)
          }
        },
      }
    },
    link(path, target) {
      for (const [, { drafts }] of collecting) {
        const draft = drafts.get(target)
        if (draft !== undefined) drafts.set(path, draft)
      }
    },
    end: () =>
      Object.fromEntries(collecting.map(([name, { reader, drafts }]) => [name, reader.finish(drafts)])) as FileFacts,
  }
}
