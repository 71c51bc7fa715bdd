import type { ElfFile } from '../inspect/evidence.ts'
import { refusalOf } from './acceptance.ts'
import { growObjects } from './grow-objects.ts'
import type { LoadResult } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'
import { preloaded } from './preloaded.ts'
import { growingMembers, type LoaderProcess, loadedObject, makeProcess, NO_MEMBERS } from './process.ts'
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
  const empty = emptyProcess(system, program)
  if (program === undefined) return { process: empty }
  const main: Member = { file: program, path: program.path, identity: identityOf(system, program), how: 'root' }
  return load(empty, main, { main, preload: true, keep: true })
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
  let symbols: LoadResult['undefinedSymbols'] | undefined
  const result: LoadResult = {
    root: root.file,
    objects,
    missing,
    unmet: versions.unmet,
    get undefinedSymbols() {
      // What an absent library defines is not undefined.
      symbols ??= missing.length + open.length > 0 ? [] : undefinedSymbols(process.members, members.added)
      return symbols
    },
    open: [...open, ...versions.open],
  }
  const loads = keep || (missing.length === 0 && versions.unmet.length === 0)
  let next: LoaderProcess | undefined
  return {
    get process() {
      next ??= loads ? makeProcess(system, members.done(), main) : process
      return next
    },
    result,
  }
}

function emptyProcess(system: LoaderSystem, program: ElfFile | undefined): LoaderProcess {
  const itself = loaderItself(system, program)
  const members = growingMembers(NO_MEMBERS)
  if (itself !== undefined) members.add(itself.member, itself.names)
  return makeProcess(system, members.done(), undefined)
}

function identityOf({ view }: LoaderSystem, { path }: ElfFile): string {
  const entry = view.tree.entries.get(path)
  return entry?.type === 'hardlink' && entry.link !== undefined ? entry.link : path
}

function nothing(root: ElfFile): LoadResult {
  return { root, objects: [], missing: [], unmet: [], undefinedSymbols: [], open: [] }
}
