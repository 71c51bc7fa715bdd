import type { ByteWindows } from './byte-windows.ts'
import { type ElfCursor, elfCursor, Unreadable } from './elf-cursor.ts'

/** ELF gABI "ELF Header". */
export type ElfHeader = {
  readonly class: 32 | 64
  readonly littleEndian: boolean
  readonly osAbi: number
  readonly type: number
  readonly machine: number
  /** Where the program headers lie, and how many there are. */
  readonly programHeaders: { readonly offset: number; readonly entrySize: number; readonly count: number }
}

/** ELF gABI "Program Header". */
export type Segment = {
  readonly type: number
  readonly offset: number
  readonly address: number
  /** Bytes in the file. */
  readonly size: number
  /** PF_X 1, PF_W 2, PF_R 4. */
  readonly flags: number
  readonly align: number
}

export const PT_LOAD = 1
export const PT_DYNAMIC = 2
export const PT_INTERP = 3

const EI_CLASS = 4
const EI_DATA = 5
const EI_OSABI = 7
const HEADER_SIZE = { 32: 52, 64: 64 } as const
const PROGRAM_HEADER_SIZE = { 32: 32, 64: 56 } as const

/** True when the bytes begin with ELF's magic. */
export function isElf(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === 0x7f454c46
}

/** Throws Unreadable. The cursor reads the rest of the file. */
export function readElfHeader(file: ByteWindows): { header: ElfHeader; cursor: ElfCursor } {
  const identification = elfCursor(file, false, true).slice(0, 16, 'the identification')
  const elfClass = { 1: 32, 2: 64 }[identification[EI_CLASS] ?? 0] as 32 | 64 | undefined
  const order = identification[EI_DATA]
  if (elfClass === undefined) throw new Unreadable(`unknown class ${identification[EI_CLASS]}`, false)
  if (order !== 1 && order !== 2) throw new Unreadable(`unknown byte order ${order}`, false)
  const littleEndian = order === 1
  const cursor = elfCursor(file, elfClass === 64, littleEndian)
  const bytes = cursor.slice(0, HEADER_SIZE[elfClass], 'the ELF header')
  const after = elfClass === 64 ? 54 : 42
  const header: ElfHeader = {
    class: elfClass,
    littleEndian,
    osAbi: identification[EI_OSABI] ?? 0,
    type: cursor.u16(bytes, 16),
    machine: cursor.u16(bytes, 18),
    programHeaders: {
      offset: cursor.word(bytes, elfClass === 64 ? 32 : 28),
      entrySize: cursor.u16(bytes, after),
      count: cursor.u16(bytes, after + 2),
    },
  }
  return { header, cursor }
}

/** Throws Unreadable: for entries of another size as the loader does ("phentsize not the expected size"). */
export function readSegments(header: ElfHeader, cursor: ElfCursor): Segment[] {
  const { offset, entrySize, count } = header.programHeaders
  if (count === 0) return []
  const expected = PROGRAM_HEADER_SIZE[header.class]
  if (entrySize !== expected)
    throw new Unreadable(`program headers of ${entrySize} bytes each, expected ${expected}`, false)
  const bytes = cursor.slice(offset, count * entrySize, 'the program header table')
  return Array.from({ length: count }, (_, index) => {
    const at = index * entrySize
    return {
      type: cursor.u32(bytes, at),
      offset: cursor.word(bytes, at + (cursor.is64 ? 8 : 4)),
      address: cursor.word(bytes, at + (cursor.is64 ? 16 : 8)),
      size: cursor.word(bytes, at + (cursor.is64 ? 32 : 16)),
      flags: cursor.u32(bytes, at + (cursor.is64 ? 4 : 24)),
      align: cursor.word(bytes, at + (cursor.is64 ? 48 : 28)),
    }
  })
}
