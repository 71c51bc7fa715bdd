import type { ElfFile } from '../inspect/evidence.ts'
import { refusalOf } from './acceptance.ts'
import { growObjects } from './grow-objects.ts'
import { failsToLoad, type LoadResult } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'
import { preloaded } from './preloaded.ts'
import { growingMembers, type LoaderProcess, loadedObject, type Members, makeProcess, NO_MEMBERS } from './process.ts'
import { loaderItself } from './standard-objects.ts'
import { undefinedSymbols } from './undefined-symbols.ts'
import { unmetVersions } from './unmet-versions.ts'

export type { LoaderProcess } from './process.ts'

/**
 * The process of a program (`/var/lang/bin/node`), with LD_PRELOAD and everything that it is linked with; what it cannot
 * find is left out. Without a program a process that holds the loader alone.
 */
export function startProcess(
  system: LoaderSystem,
  program: ElfFile | undefined,
): { readonly process: LoaderProcess; readonly result?: LoadResult } {
  const initial = emptyProcess(system, program)
  if (program === undefined) return { process: initial }
  // Neither glibc nor musl knows the program by its inode: a library that needs it by name loads it a second time.
  const main: Member = { file: program, path: program.path, identity: `program ${program.path}`, how: 'root' }
  return load(initial, main, { main, preload: true, keep: true })
}

/**
 * `dlopen` of one file by its path. A load that fails leaves the process as it was. `path`: the spelling that the process
 * uses, where links lead to the file; `$ORIGIN` follows it.
 */
export function loadInto(
  process: LoaderProcess,
  root: ElfFile,
  path = root.path,
): { readonly process: LoaderProcess; readonly result: LoadResult } {
  const member: Member = { file: root, path, identity: identityOf(process.system, root), how: 'root' }
  return load(process, member, { main: process.main, preload: false, keep: false })
}

type LoadOptions = {
  readonly main: Member | undefined
  readonly preload: boolean
  /** A process that fails to start is still looked at: it goes on with what it found. */
  readonly keep: boolean
}

function load(process: LoaderProcess, root: Member, { main, preload, keep }: LoadOptions) {
  const { system } = process
  const refused = refusalOf(root.file, system.architecture)
  if (refused !== undefined) return { process, result: { ...nothing(root.file), refused } }
  const known = process.members.byIdentity.get(root.identity)
  if (known !== undefined)
    return { process, result: { ...nothing(root.file), objects: [{ ...loadedObject(known), how: 'loaded' as const }] } }

  const members = growingMembers(process.members)
  members.add(root, system.libc === 'musl' ? [] : [root.path, ...(root.file.soname ? [root.file.soname] : [])])
  const first = preload ? [root, ...preloaded(system, root, members)] : [root]
  const { objects, missing, open } = growObjects(system, members, main, first)
  const versions = unmetVersions(system, members)
  const questions = [...open, ...versions.open]
  // What an absent library defines is not undefined.
  const isWhole = missing.length === 0 && questions.length === 0
  let symbols: LoadResult['undefinedSymbols'] | undefined = isWhole ? undefined : []
  const result: LoadResult = {
    root: root.file,
    objects,
    missing,
    unmet: versions.unmet,
    // The dearest question of a load, which few of those who ask for one put.
    get undefinedSymbols() {
      symbols ??= undefinedSymbols(process.members, members.added)
      return symbols
    },
    open: questions,
  }
  const loads = keep || !failsToLoad(result)
  return new Loaded(result, () => (loads ? makeProcess(system, members.done(), main) : process))
}

/** Most who ask for a load do not go on from it: the next process is put together when somebody does. */
class Loaded {
  readonly result: LoadResult
  #process: LoaderProcess | (() => LoaderProcess)

  constructor(result: LoadResult, next: () => LoaderProcess) {
    this.result = result
    this.#process = next
  }

  get process(): LoaderProcess {
    if (typeof this.#process === 'function') this.#process = this.#process()
    return this.#process
  }
}

const empty = new WeakMap<LoaderSystem, Map<string, LoaderProcess>>()

/** Of one loader, which the program names: what programs start with. */
function emptyProcess(system: LoaderSystem, program: ElfFile | undefined): LoaderProcess {
  const byLoader = empty.get(system) ?? new Map<string, LoaderProcess>()
  empty.set(system, byLoader)
  const key = program?.interpreter ?? ''
  const process = byLoader.get(key) ?? makeProcess(system, loaderAlone(system, program), undefined)
  byLoader.set(key, process)
  return process
}

function loaderAlone(system: LoaderSystem, program: ElfFile | undefined): Members {
  const itself = loaderItself(system, program)
  const members = growingMembers(NO_MEMBERS)
  if (itself !== undefined) members.add(itself.member, itself.names)
  return members.done()
}

function identityOf({ view }: LoaderSystem, { path }: ElfFile): string {
  const entry = view.tree.entries.get(path)
  return entry?.type === 'hardlink' && entry.link !== undefined ? entry.link : path
}

function nothing(root: ElfFile): LoadResult {
  return { root, objects: [], missing: [], unmet: [], undefinedSymbols: [], open: [] }
}
