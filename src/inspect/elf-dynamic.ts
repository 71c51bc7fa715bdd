import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { PT_LOAD, type Segment } from './elf-header.ts'
import type { VersionNeed } from './evidence.ts'

/** ELF gABI "Dynamic Section"; LSB "Symbol Versioning" for the last four. */
const TAG = {
  needed: 1,
  stringTable: 5,
  stringTableSize: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  bindNow: 24,
  flags: 30,
  flags1: 0x6ffffffb,
  versionDefinitions: 0x6ffffffc,
  versionDefinitionCount: 0x6ffffffd,
  versionNeeds: 0x6ffffffe,
  versionNeedCount: 0x6fffffff,
} as const

const DF_BIND_NOW = 0x8
const DF_STATIC_TLS = 0x10
const DF_1_NOW = 0x1
const DF_1_NODEFLIB = 0x800

const VER_FLG_BASE = 1
const VER_FLG_WEAK = 2
// PATH_MAX is 4,096; a run path of several hundred folders still fits.
const MAX_STRING = 64 * 1024

export type Dynamic = { readonly tags: ReadonlyMap<number, number>; readonly needed: readonly number[] }
export type Strings = (offset: number) => string

/** The tags of PT_DYNAMIC up to DT_NULL; of a tag that repeats the last counts, as in the loader. */
export function readDynamic(segment: Segment, cursor: ElfCursor): Dynamic {
  const bytes = cursor.slice(segment.offset, segment.size, 'the dynamic section')
  const entrySize = cursor.is64 ? 16 : 8
  const tags = new Map<number, number>()
  const needed: number[] = []
  for (let at = 0; at + entrySize <= bytes.length; at += entrySize) {
    cursor.spend(entrySize)
    const tag = cursor.word(bytes, at)
    const value = cursor.word(bytes, at + entrySize / 2)
    if (tag === 0) break
    if (tag === TAG.needed) needed.push(value)
    else tags.set(tag, value)
  }
  return { tags, needed }
}

/** DT_STRTAB. Throws Unreadable where there is none. */
export function stringTable({ tags }: Dynamic, segments: readonly Segment[], cursor: ElfCursor): Buffer {
  const address = tags.get(TAG.stringTable)
  const size = tags.get(TAG.stringTableSize)
  if (address === undefined || size === undefined) throw new Unreadable('the dynamic section has no strings', false)
  return cursor.slice(fileOffset(address, segments), size, 'the dynamic string table')
}

/** Strings of DT_STRTAB. Throws Unreadable for an offset outside of it. */
export function dynamicStrings(dynamic: Dynamic, segments: readonly Segment[], cursor: ElfCursor): Strings {
  const table = stringTable(dynamic, segments, cursor)
  return (offset) => {
    const length = table.subarray(offset, offset + MAX_STRING).indexOf(0)
    if (length === -1) throw new Unreadable(`a name at ${offset} of ${table.length} bytes of strings`, false)
    cursor.spend(length)
    return table.toString('utf8', offset, offset + length)
  }
}

export function readNames({ tags, needed }: Dynamic, strings: Strings) {
  const named = (tag: number) => {
    const offset = tags.get(tag)
    return offset === undefined ? undefined : strings(offset)
  }
  return {
    needed: needed.map(strings),
    soname: named(TAG.soname),
    rpath: named(TAG.rpath),
    runpath: named(TAG.runpath),
  }
}

/** Properties that change how the loader treats the file; only those that are set. */
export function readFlags({ tags }: Dynamic) {
  const flags = tags.get(TAG.flags) ?? 0
  const flags1 = tags.get(TAG.flags1) ?? 0
  return {
    ...(tags.has(TAG.bindNow) || flags & DF_BIND_NOW || flags1 & DF_1_NOW ? { bindNow: true as const } : {}),
    ...(flags1 & DF_1_NODEFLIB ? { noDefaultFolders: true as const } : {}),
    ...(flags & DF_STATIC_TLS ? { staticTls: true as const } : {}),
  }
}

export type VersionNeeds = {
  readonly needs: VersionNeed[]
  /** Names by the number that symbols carry (vna_other). */
  readonly names: ReadonlyMap<number, string>
}

/** DT_VERNEED: the versions this file wants, by library. */
export function readVersionNeeds(
  { tags }: Dynamic,
  segments: readonly Segment[],
  strings: Strings,
  cursor: ElfCursor,
): VersionNeeds {
  const names = new Map<number, string>()
  const address = tags.get(TAG.versionNeeds)
  if (address === undefined) return { needs: [], names }
  const start = fileOffset(address, segments)
  const files = chain(cursor, start, 16, tags.get(TAG.versionNeedCount) ?? 0, 'the version needs', (bytes) => ({
    file: strings(cursor.u32(bytes, 4)),
    count: cursor.u16(bytes, 2),
    auxiliary: cursor.u32(bytes, 8),
    next: cursor.u32(bytes, 12),
  }))
  const needs = files.map(({ offset, value: { file, count, auxiliary } }) => ({
    file,
    versions: chain(cursor, offset + auxiliary, 16, count, 'the versions needed', (bytes) => ({
      name: strings(cursor.u32(bytes, 8)),
      weak: (cursor.u16(bytes, 4) & VER_FLG_WEAK) !== 0,
      number: cursor.u16(bytes, 6),
      next: cursor.u32(bytes, 12),
    })).map(({ value: { name, weak, number } }) => {
      names.set(number, name)
      return { name, weak }
    }),
  }))
  return { needs, names }
}

/** DT_VERDEF: the versions this file offers, without the base entry, which only repeats its name. */
export function readVersionDefinitions(
  { tags }: Dynamic,
  segments: readonly Segment[],
  strings: Strings,
  cursor: ElfCursor,
): string[] {
  const address = tags.get(TAG.versionDefinitions)
  if (address === undefined) return []
  const start = fileOffset(address, segments)
  const count = tags.get(TAG.versionDefinitionCount) ?? 0
  return chain(cursor, start, 20, count, 'the version definitions', (bytes) => ({
    base: (cursor.u16(bytes, 2) & VER_FLG_BASE) !== 0,
    auxiliary: cursor.u32(bytes, 12),
    next: cursor.u32(bytes, 16),
  }))
    .filter(({ value }) => !value.base)
    .map(({ offset, value }) =>
      strings(cursor.u32(cursor.slice(offset + value.auxiliary, 8, 'the name of a version'), 0)),
    )
}

/** Entries linked by `next`, an offset from the entry itself; 0 is the last. */
function chain<T extends { next: number }>(
  cursor: ElfCursor,
  start: number,
  size: number,
  count: number,
  what: string,
  read: (bytes: Buffer) => T,
): { offset: number; value: T }[] {
  const entries: { offset: number; value: T }[] = []
  let offset = start
  while (entries.length < count) {
    cursor.spend(size)
    const value = read(cursor.slice(offset, size, what))
    entries.push({ offset, value })
    if (value.next === 0) break
    offset += value.next
  }
  return entries
}

/** Dynamic tags hold addresses; the PT_LOAD that maps an address says where it lies in the file. */
export function fileOffset(address: number, segments: readonly Segment[]): number {
  const segment = segments.find(
    ({ type, address: start, size }) => type === PT_LOAD && address >= start && address < start + size,
  )
  if (segment === undefined) throw new Unreadable(`no segment holds address 0x${address.toString(16)}`, false)
  return address - segment.address + segment.offset
}
