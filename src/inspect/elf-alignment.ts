import type { ElfHeader, Segment } from './elf-header.ts'
import { PT_INTERP, PT_LOAD } from './elf-header.ts'

/** Continues a sentence about a file. */
export const MISALIGNED = 'the address of a segment and its place in the file do not fit'

/** ET_DYN: what the loader maps, and not the kernel. */
const SHARED = 3

/**
 * What glibc refuses as "ELF load command address/offset not page-aligned" ("… not properly aligned" until 2.34;
 * _dl_map_object_from_fd): segments that hold nothing in the file count too. `strip` leaves libraries like that which patchelf
 * had given another place for their tables, as it does for wheels.
 */
export function isMisaligned({ type }: ElfHeader, segments: readonly Segment[]): boolean {
  if (type !== SHARED || segments.some((segment) => segment.type === PT_INTERP)) return false
  return segments.some((one) => one.type === PT_LOAD && one.align > 1 && (one.address - one.offset) % one.align !== 0)
}
