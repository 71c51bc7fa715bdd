import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import type { Segment } from './elf-header.ts'

const PT_NOTE = 4
const PT_GNU_STACK = 0x6474e551
const PF_X = 1
const NT_GNU_BUILD_ID = 3
const NT_GNU_PROPERTY_TYPE_0 = 5
/** x86-64 psABI: a bit for each level of the instruction set that the file cannot run without. */
const GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc0008002

const NOTE_HEADER = 12
// Notes of one file are some hundred bytes; a core dump's are not of interest.
const MAX_NOTES = 64 * 1024

/** Facts of the GNU notes (ELF gABI "Note Section"); notes that cannot be read say nothing. */
export function readNotes(
  segments: readonly Segment[],
  cursor: ElfCursor,
): { readonly buildId?: string; readonly isaLevel?: number } {
  try {
    const facts: { buildId?: string; isaLevel?: number } = {}
    for (const segment of segments) {
      if (segment.type !== PT_NOTE || segment.size > MAX_NOTES) continue
      for (const { type, content } of gnuNotes(segment, cursor)) {
        if (type === NT_GNU_BUILD_ID) facts.buildId = content.toString('hex')
        if (type === NT_GNU_PROPERTY_TYPE_0) Object.assign(facts, isaLevel(content, cursor))
      }
    }
    return facts
  } catch (error) {
    if (error instanceof Unreadable) return {}
    throw error
  }
}

/** The header asks for it, as assembly code without `.note.GNU-stack` makes linkers do. */
export function hasExecutableStack(segments: readonly Segment[]): boolean {
  return segments.some(({ type, flags }) => type === PT_GNU_STACK && (flags & PF_X) !== 0)
}

function* gnuNotes(segment: Segment, cursor: ElfCursor): Generator<{ type: number; content: Buffer }> {
  const bytes = cursor.slice(segment.offset, segment.size, 'the notes')
  const unit = segment.align === 8 ? 8 : 4
  for (let at = 0; at + NOTE_HEADER <= bytes.length; ) {
    const nameSize = cursor.u32(bytes, at)
    const contentAt = at + padded(NOTE_HEADER + nameSize, unit)
    const end = contentAt + cursor.u32(bytes, at + 4)
    if (end > bytes.length) return
    const isGnu = nameSize === 4 && bytes.toString('latin1', at + NOTE_HEADER, at + NOTE_HEADER + 3) === 'GNU'
    if (isGnu) yield { type: cursor.u32(bytes, at + 8), content: bytes.subarray(contentAt, end) }
    at += padded(end - at, unit)
  }
}

/** Properties: type, size, data padded to eight bytes. */
function isaLevel(properties: Buffer, cursor: ElfCursor): { readonly isaLevel?: number } {
  for (let at = 0; at + 12 <= properties.length; ) {
    const size = cursor.u32(properties, at + 4)
    if (cursor.u32(properties, at) === GNU_PROPERTY_X86_ISA_1_NEEDED && size === 4) {
      const bits = cursor.u32(properties, at + 8)
      // The first level is what every x86-64 processor has.
      return bits <= 1 ? {} : { isaLevel: Math.min(32 - Math.clz32(bits), 4) }
    }
    at += padded(8 + size, 8)
  }
  return {}
}

function padded(size: number, unit: number): number {
  return Math.ceil(size / unit) * unit
}
