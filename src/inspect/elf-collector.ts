import type { ByteWindows } from './byte-windows.ts'
import { firstRange, laterRanges, MOST_KEPT, type Range } from './elf-ranges.ts'
import type { KeptBytes } from './kept-bytes.ts'

export type ElfCollector = {
  begin(size: number): void
  bytes(chunk: Buffer): void
  /** What was kept; valid until the next `begin`. */
  end(): ByteWindows
}

type Kept = Range & { readonly at: number }

/**
 * Keeps what elf.ts needs of the file that is passing by, in memory that all files of a run share: chunks of a stream
 * may be reused by their owner, and memory stays at the largest file, bounded by elf-ranges.ts.
 */
export function elfCollector(memory: KeptBytes): ElfCollector {
  let buffer = memory.room(0)
  let kept: Kept[] = []
  let size = 0
  let offset = 0

  const keep = (ranges: readonly Range[]) => {
    for (const range of ranges) kept.push({ ...range, at: used() })
  }
  const used = () => {
    const last = kept.at(-1)
    return last === undefined ? 0 : last.at + (last.end - last.start)
  }

  return {
    begin(fileSize) {
      kept = []
      size = fileSize
      offset = 0
      buffer = memory.room(Math.min(fileSize, MOST_KEPT))
      keep([firstRange(fileSize)])
    },
    bytes(chunk) {
      const end = offset + chunk.length
      const headEnd = kept[0]?.end ?? 0
      copy(chunk, offset)
      if (offset < headEnd && end >= headEnd && headEnd < size) {
        keep(laterRanges(buffer.subarray(0, headEnd), size))
        // The rest of the chunk that completed the beginning may belong to what was only now asked for.
        copy(chunk, offset)
      }
      offset = end
    },
    end: () => ({
      size,
      windows: kept.map(({ start, end, at }) => ({ offset: start, bytes: buffer.subarray(at, at + (end - start)) })),
    }),
  }

  function copy(chunk: Buffer, position: number): void {
    for (const { start, end, at } of kept) {
      const from = Math.max(start, position)
      const to = Math.min(end, position + chunk.length)
      if (from < to) chunk.copy(buffer, at + (from - start), from - position, to - position)
    }
  }
}
