import type { ByteWindows } from './byte-windows.ts'
import { isMisaligned, MISALIGNED } from './elf-alignment.ts'
import { type ElfCursor, Unreadable } from './elf-cursor.ts'
import {
  dynamicStrings,
  readDynamic,
  readFlags,
  readNames,
  readVersionDefinitions,
  readVersionNeeds,
} from './elf-dynamic.ts'
import { PT_DYNAMIC, PT_INTERP, PT_LOAD, readElfHeader, readSegments, type Segment } from './elf-header.ts'
import { nodeApiVersion, STATES_NODE_API } from './elf-node-api.ts'
import { registeredVersion } from './elf-node-module.ts'
import { hasExecutableStack, readNotes } from './elf-notes.ts'
import { readSymbols } from './elf-symbols.ts'
import type { ElfFile } from './evidence.ts'
import { defines } from './symbol-table.ts'

type Draft = { -readonly [Key in keyof ElfFile]: ElfFile[Key] }

/**
 * The facts of one ELF file, read as the loader does: program headers and PT_DYNAMIC, never section headers, which a
 * stripped file may lack. Never throws: what cannot be read is said in `problem` or `partial`. Symbols cost the most.
 */
export function readElf(path: string, file: ByteWindows, { symbols = true } = {}): ElfFile {
  const elf: Draft = {
    path,
    class: 64,
    littleEndian: true,
    machine: 0,
    osAbi: 0,
    type: 0,
    needed: [],
    versionsNeeded: [],
    versionsDefined: [],
  }
  try {
    readInto(elf, file, symbols)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    elf[error.partial ? 'partial' : 'problem'] = error.message
  }
  return elf
}

function readInto(elf: Draft, file: ByteWindows, withSymbols: boolean): void {
  const { header, cursor } = readElfHeader(file)
  elf.class = header.class
  elf.littleEndian = header.littleEndian
  elf.machine = header.machine
  elf.osAbi = header.osAbi
  elf.type = header.type
  const segments = readSegments(header, cursor)
  // First: what else is read of a cut-off file may lie beyond its end.
  const beyond = segments.find(({ type, offset, size }) => type === PT_LOAD && offset + size > file.size)
  if (beyond !== undefined) elf.truncated = true
  const interpreter = segments.find(({ type }) => type === PT_INTERP)
  if (interpreter !== undefined)
    elf.interpreter = untilNul(cursor.slice(interpreter.offset, interpreter.size, 'the interpreter'))
  Object.assign(elf, readNotes(segments, cursor))
  if (hasExecutableStack(segments)) elf.executableStack = true
  const dynamic = segments.find(({ type, size }) => type === PT_DYNAMIC && size > 0)
  if (dynamic !== undefined) readDynamicInto(elf, dynamic, segments, cursor, withSymbols)
  // Last: a cut-off file still tells what it wanted.
  if (beyond !== undefined)
    throw new Unreadable(`a segment ends at byte ${beyond.offset + beyond.size}, the file has ${file.size}`, false)
  if (isMisaligned(header, segments)) throw new Unreadable(MISALIGNED, false)
}

function readDynamicInto(
  elf: Draft,
  segment: Segment,
  segments: readonly Segment[],
  cursor: ElfCursor,
  withSymbols: boolean,
): void {
  const dynamic = readDynamic(segment, cursor)
  // A static position-independent executable has a dynamic section with nothing to load.
  const strings = dynamicStrings(dynamic, segments, cursor)
  const { needed, soname, rpath, runpath } = readNames(dynamic, strings)
  elf.needed = needed
  if (soname !== undefined) elf.soname = soname
  if (rpath !== undefined) elf.rpath = rpath
  if (runpath !== undefined) elf.runpath = runpath
  Object.assign(elf, readFlags(dynamic))
  const { needs, names } = readVersionNeeds(dynamic, segments, strings, cursor)
  elf.versionsNeeded = needs
  elf.versionsDefined = readVersionDefinitions(dynamic, segments, strings, cursor)
  if (!withSymbols || elf.class !== 64 || !elf.littleEndian) return
  const symbols = readSymbols(dynamic, segments, strings, names, cursor)
  if (symbols === undefined) return
  elf.symbols = symbols
  const imports = `${symbols.atLoad} ${symbols.atCall}`
  if (/(?:^| )node_module_register/.test(imports)) {
    const version = registeredVersion(dynamic, segments, cursor)
    if (version !== undefined) elf.nodeModuleVersion = version
  }
  // Addons in Rust look the functions up by themselves.
  if ((elf.path.endsWith('.node') || /(?:^| )napi_/.test(imports)) && defines(elf, STATES_NODE_API) === true) {
    const version = nodeApiVersion(elf.machine, dynamic, segments, strings, cursor)
    if (version !== undefined) elf.nodeApiVersion = version
  }
}

function untilNul(bytes: Buffer): string {
  const nul = bytes.indexOf(0)
  return bytes.toString('utf8', 0, nul === -1 ? bytes.length : nul)
}
