import { posix } from 'node:path'
import type { ElfFile, Evidence, FileEntry } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { makeSymbols } from './elf-symbols.ts'
import { baseElf, baseFiles, makeDirectory, makeElf, makeEvidence, makeFile } from './evidence.ts'
import { makePlan } from './plan.ts'
import { makeRuntimeEvidence, makeRuntimeFacts, makeSubject } from './subject.ts'

/** A program of the user's that Lambda starts whatever the handler is: what it cannot load is an error. */
export const EXTENSION = '/opt/extensions/agent'

/** A program that the system's loader starts. */
export function makeProgram(path: string, overrides: Partial<ElfFile> = {}): ElfFile {
  return makeElf(path, { type: 2, interpreter: LOADER, ...overrides })
}

const LOADER = '/lib64/ld-linux-x86-64.so.2'

type Contents = {
  readonly elf: readonly ElfFile[]
  readonly files?: readonly FileEntry[]
  readonly facts?: Partial<Evidence['facts']>
}

/** Files of the base with the loader of x86-64; every ELF file given is there, and may be executed. */
function contents({ elf, files = [] }: Contents) {
  const others = elf.filter(({ path }) => !files.some((entry) => entry.path === path))
  const added = [...files, ...others.map(({ path }) => makeFile(path, { mode: 0o755 }))]
  return { files: [...loaderFiles(), ...foldersOf(added), ...added], elf: [...loaderElf(), ...elf] }
}

/** The folders that hold them: `..` of a search path leads through folders that exist. */
function foldersOf(files: readonly FileEntry[]): readonly FileEntry[] {
  const folders = new Set<string>()
  for (const { path } of files)
    for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder)) folders.add(folder)
  return [...folders].sort().map((path) => makeDirectory(path))
}

function loaderFiles(): readonly FileEntry[] {
  return [...baseFiles(), makeFile('/usr/lib64/ld-linux-x86-64.so.2', { mode: 0o755 })]
}

function loaderElf(): readonly ElfFile[] {
  const loader = makeElf('/usr/lib64/ld-linux-x86-64.so.2', { soname: 'ld-linux-x86-64.so.2' })
  return [...baseElf(), loader].map((file) => ({ symbols: makeSymbols({}), ...file }))
}

/** The AWS base of Node.js 22 with these native files in it. */
export function makeNativeImage(added: Contents, overrides: Partial<Evidence> = {}) {
  const artifact = makeEvidence({ ...contents(added), facts: { ...NO_FACTS, ...added.facts }, ...overrides })
  return makeSubject({ artifact, runtimes: [makeRuntimeFacts(runtimeEvidence())] })
}

/** A layer of these native files (paths below /opt) for runtimes that hold a C and a C++ library. */
export function makeNativeLayer({ elf, files = [], facts }: Contents, runtimes: readonly string[] = ['nodejs22.x']) {
  const added = [...files, ...elf.map(({ path }) => makeFile(path, { mode: 0o755 }))]
  const {
    image: _,
    manifest: __,
    ...layer
  } = makeEvidence({
    files: [...foldersOf(added), ...added],
    elf,
    facts: { ...NO_FACTS, ...facts },
  })
  return makeSubject({
    artifact: layer,
    plan: makePlan({ kind: 'layer' }),
    runtimes: runtimes.map((id) => ({ ...makeRuntimeFacts(runtimeEvidence()), ...runtimeOf(id) })),
  })
}

function runtimeEvidence(): Evidence {
  return makeRuntimeEvidence({ files: loaderFiles(), elf: loaderElf() })
}

function runtimeOf(id: string) {
  const runtime = findRuntime(id)
  return runtime === undefined ? {} : { runtime }
}

/** What a file says of versions: `{ 'libc.so.6': ['GLIBC_2.38'] }`; needs the libraries too. */
export function needing(versions: Readonly<Record<string, readonly string[]>>) {
  return {
    needed: Object.keys(versions),
    versionsNeeded: Object.entries(versions).map(([file, names]) => ({
      file,
      versions: names.map((name) => ({ name, weak: false })),
    })),
  }
}
