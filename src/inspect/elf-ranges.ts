import { Unreadable } from './elf-cursor.ts'
import { PT_DYNAMIC, PT_LOAD, readElfHeader, readSegments } from './elf-header.ts'

/** Bytes from `start` up to, not including, `end`. */
export type Range = { readonly start: number; readonly end: number }

const MB = 1024 * 1024
/** Files up to here are kept whole while they are read: more than 99.9 % of shared objects in use. */
export const WHOLE_FILE = 128 * MB
/** Of larger ones: the beginning, which holds the names of nearly all of them … */
export const HEAD = 16 * MB
/** … and at most this much of each place that the program headers point to. */
const WINDOW = 32 * MB

/** The most that is kept of one file. */
export const MOST_KEPT = Math.max(WHOLE_FILE, HEAD + 2 * WINDOW)

/** What to keep of an ELF file before anything but its size is known. */
export function firstRange(size: number): Range {
  return { start: 0, end: size <= WHOLE_FILE ? size : Math.min(HEAD, size) }
}

/**
 * What else to keep of a large file, known from its beginning: the dynamic section, and the last segment, where patchelf
 * puts the tables that it makes longer. In order, disjoint, after `head`.
 */
export function laterRanges(head: Buffer, size: number): Range[] {
  try {
    const file = { size, windows: [{ offset: 0, bytes: head }] }
    const { header, cursor } = readElfHeader(file)
    const segments = readSegments(header, cursor)
    const wanted = [segments.find(({ type }) => type === PT_DYNAMIC), segments.findLast(({ type }) => type === PT_LOAD)]
    const ranges = wanted
      .filter((segment) => segment !== undefined)
      .map((segment) => ({
        start: segment.offset,
        end: Math.min(segment.offset + Math.min(segment.size, WINDOW), size),
      }))
    return merged(ranges, head.length)
  } catch (error) {
    if (error instanceof Unreadable) return []
    throw error
  }
}

function merged(ranges: readonly Range[], from: number): Range[] {
  const result: Range[] = []
  let reached = from
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= reached) continue
    const last = result.at(-1)
    if (last !== undefined && start <= reached) result[result.length - 1] = { start: last.start, end }
    else result.push({ start: Math.max(start, reached), end })
    reached = end
  }
  return result
}
