import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import { type Dynamic, fileOffset } from './elf-dynamic.ts'
import type { Segment } from './elf-header.ts'

/** ELF gABI "Dynamic Section". */
const DT_RELA = 7
const DT_RELASZ = 8
const ENTRY_SIZE = 24
/** Of the record below. */
const [FILE_NAME, INITIALISERS, NAME, ENDS] = [16, [24, 32], 40, [8, 48, 56]] as const
const HIGHEST_VERSION = 400
const MOST_RELOCATIONS = 500_000

/**
 * NODE_MODULE_VERSION that an addon registers itself with. It lies in a record (`struct node_module` of node.h): the
 * version, flags, an empty handle, the name of the source, one of two initialisers, the addon's name, two empty words.
 * What of it is an address is known by its relocation.
 */
export function registeredVersion(
  { tags }: Dynamic,
  segments: readonly Segment[],
  cursor: ElfCursor,
): number | undefined {
  const targets = readable(() => relocations(tags, segments, cursor)) ?? new Map<number, number>()
  for (const address of targets.keys()) {
    const start = address - FILE_NAME
    const name = targets.get(start + NAME)
    if (name === undefined || !INITIALISERS.some((at) => targets.has(start + at))) continue
    if (ENDS.some((at) => targets.has(start + at))) continue
    const version = readable(() => versionAt(start, name, segments, cursor))
    if (version !== undefined) return version
  }
  return undefined
}

/** Where addresses are written when the file is loaded, and which. */
function relocations(
  tags: Dynamic['tags'],
  segments: readonly Segment[],
  cursor: ElfCursor,
): ReadonlyMap<number, number> {
  const targets = new Map<number, number>()
  const [table, size] = [tags.get(DT_RELA), tags.get(DT_RELASZ) ?? 0]
  if (table === undefined || size > MOST_RELOCATIONS * ENTRY_SIZE) return targets
  const entries = cursor.slice(fileOffset(table, segments), size, 'the relocations')
  for (let at = 0; at + ENTRY_SIZE <= entries.length; at += ENTRY_SIZE)
    targets.set(cursor.word(entries, at), cursor.word(entries, at + 16))
  return targets
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function versionAt(start: number, name: number, segments: readonly Segment[], cursor: ElfCursor): number | undefined {
  const head = cursor.slice(fileOffset(start, segments), FILE_NAME, 'the record of the addon')
  const [version, flags] = [head.readUInt32LE(0), head.readUInt32LE(4)]
  if (version === 0 || version > HIGHEST_VERSION || flags > 0xff || !head.subarray(8).every((byte) => byte === 0))
    return undefined
  const text = cursor.slice(fileOffset(name, segments), 2, 'the name of the addon').toString('latin1')
  return /^[\w$]/.test(text) ? version : undefined
}
