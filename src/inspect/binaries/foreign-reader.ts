import { posix } from 'node:path'
import type { FileEntry } from '../evidence.ts'
import { type FactReader, sorted } from '../fact-reader.ts'
import type { ForeignFile } from './foreign-file.ts'
import { LFS_POINTER } from './lfs-pointer.ts'
import { beginsAsMachO, machOProcessors } from './mach-o.ts'
import { beginsAsPe, peProcessor } from './portable-executable.ts'

/** Headers of a universal binary with many processors, and of Windows programs with a long DOS stub. */
const HEADERS = 4096
const SHOWN = 64

/** Names under which Linux loads native code. */
const NATIVE_NAME = /\.(?:so(?:\.\d+)*|node)$/
const WINDOWS_NAME = /\.(?:so(?:\.\d+)*|node|dll|pyd|dylib|exe)$/i
/** Programs by their place, also where packing took their modes. */
const BIN = /\/bin\/[^/.]+$/
/** Launchers that pip and setuptools carry for other systems, in every Python. */
const LAUNCHER = /\/(?:distlib|setuptools)\/[^/]*\.exe$/
const LFS_MAGIC = Buffer.from(LFS_POINTER.slice(0, 4))
/** Text that the linker reads in place of a library (`libc.so` of development packages). */
const LINKER_SCRIPT = /^\s*(?:\/\*|GROUP\s*\(|INPUT\s*\(|OUTPUT_FORMAT\s*\()/
// Control characters, and what latin1 shows of bytes above ASCII.
const UNPRINTABLE = /[^\x20-\x7e]/g

/** Mach-O and Windows files, and what is named like native code for Linux and is none. ELF files never come here. */
export const foreignReader: FactReader<ForeignFile, ForeignFile> = {
  wants({ path, mode }, magic) {
    if (path.endsWith('.class')) return 0
    if (((mode & 0o111) !== 0 || BIN.test(path)) && LFS_MAGIC.equals(magic.subarray(0, 4))) return HEADERS
    if (NATIVE_NAME.test(path) || beginsAsMachO(magic)) return HEADERS
    return beginsAsPe(magic) && isWindowsName(path) ? HEADERS : 0
  },
  read: (entry, bytes) => foreign(entry, bytes) ?? pretender(entry, bytes),
  finish: (drafts) => sorted([...drafts].map(([path, draft]) => ({ ...draft, path }))),
}

/** Programs without an ending too: what a build for Windows or macOS leaves in `bin`. */
function isWindowsName(path: string): boolean {
  return !LAUNCHER.test(path) && (WINDOWS_NAME.test(path) || !posix.basename(path).includes('.'))
}

function foreign({ path, size }: FileEntry, bytes: Buffer): ForeignFile | undefined {
  const processors = machOProcessors(bytes, size)
  if (processors !== undefined) return { path, format: 'mach-o', processors, size }
  const processor = peProcessor(bytes)
  return processor === undefined ? undefined : { path, format: 'pe', processors: [processor], size }
}

function pretender({ path, size }: FileEntry, bytes: Buffer): ForeignFile | undefined {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, 512))
  // A .NET assembly may have any of the names of native code.
  if ((!NATIVE_NAME.test(path) || beginsAsPe(bytes)) && !text.startsWith(LFS_POINTER)) return undefined
  if (LINKER_SCRIPT.test(text)) return undefined
  return { path, format: 'none', processors: [], size, head: text.slice(0, SHOWN).replace(UNPRINTABLE, '.') }
}
