import { posix } from 'node:path'
import { workingDirectory } from '../checks/facts/code-folders.ts'
import { refusalOf } from './acceptance.ts'
import type { Candidate, LibraryFolder } from './library-folders.ts'
import type { FoundBy } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'
import { expandTokens, pathFolders } from './path-tokens.ts'

/** One step of the search for a soname: where it looks, and what it is called afterwards. */
export type SearchStep = {
  readonly how: FoundBy
  readonly folders: readonly LibraryFolder[]
  find(name: string): Candidate | undefined
}

/** The steps that the loader takes for what `object` needs, in its order; evaluated as far as they are needed. */
export function* searchSteps(system: LoaderSystem, object: Member, main: Member | undefined): Generator<SearchStep> {
  if (system.libc === 'musl') yield* muslSteps(system, object, main)
  else yield* glibcSteps(system, object, main)
}

/** glibc elf/dl-load.c, _dl_map_object. */
function* glibcSteps(system: LoaderSystem, object: Member, main: Member | undefined): Generator<SearchStep> {
  const { file } = object
  if (file.runpath === undefined) {
    let passedMain = false
    for (let loader: Member | undefined = object; loader !== undefined; loader = loader.loader) {
      passedMain ||= loader === main
      if (ownRpath(loader) !== undefined) yield inFolders('rpath', runFolders(system, loader, ownRpath(loader)))
    }
    if (!passedMain && main !== undefined && ownRpath(main) !== undefined)
      yield inFolders('rpath', runFolders(system, main, ownRpath(main)))
  }
  yield inFolders('library-path', system.libraryPath)
  if (file.runpath !== undefined) yield inFolders('runpath', runFolders(system, object, file.runpath))
  const nodeflib = file.noDefaultFolders === true
  const { configured } = system
  yield { how: 'configured', folders: configured.folders, find: (name) => configured.find(name, nodeflib) }
  if (!nodeflib) yield inFolders('default', system.defaults)
}

/** musl ldso/dynlink.c, load_library: run paths of either kind, of the object and of all that loaded it. */
function* muslSteps(system: LoaderSystem, object: Member, main: Member | undefined): Generator<SearchStep> {
  yield inFolders('library-path', system.libraryPath)
  for (let loader: Member | undefined = object; loader !== undefined; loader = loader.loader ?? above(loader, main)) {
    const { runpath, rpath } = loader.file
    const path = runpath ?? rpath
    if (path !== undefined)
      yield inFolders(runpath === undefined ? 'rpath' : 'runpath', runFolders(system, loader, path))
  }
  yield inFolders('default', system.defaults)
}

/** What was opened by path counts as needed by the program. */
function above(loader: Member, main: Member | undefined): Member | undefined {
  return loader === main ? undefined : main
}

/** What a search ended at; nothing when it came to its end. */
export type Found = {
  readonly candidate?: Candidate
  /** False for a file of the right name at which the loader gives up. */
  readonly taken: boolean
  readonly how: FoundBy
}

const NOT_FOUND: Found = { taken: false, how: 'default' }

/** The library that a soname leads to, for one object of a process. */
export function findSoname(system: LoaderSystem, object: Member, main: Member | undefined, name: string): Found {
  for (const { how, find } of searchSteps(system, object, main)) {
    const candidate = find(name)
    if (candidate !== undefined) return { candidate, how, taken: candidate.acceptance.verdict === 'take' }
  }
  return unreadable(system, object, main, name)
}

/** A needed name with a slash is a path, taken from the working directory. */
export function findPath(system: LoaderSystem, object: Member, name: string): Found {
  for (const path of expandTokens(name, { ...system.tokens, origin: posix.dirname(object.path) })) {
    const candidate = system.folders.file(posix.resolve(workingDirectory(system.view), path))
    if (candidate !== undefined)
      return { candidate, how: 'path', taken: candidate.acceptance.verdict === 'take' || isHidden(system, candidate) }
  }
  return NOT_FOUND
}

/** For messages: every folder of the search, in its order. */
export function searchedFolders(system: LoaderSystem, object: Member, main: Member | undefined): readonly string[] {
  return [...new Set([...searchSteps(system, object, main)].flatMap(({ folders }) => folders.map(({ path }) => path)))]
}

/** Files of the right name in the searched folders; for a name that was not found they were all passed over. */
export function skippedCandidates(
  system: LoaderSystem,
  object: Member,
  main: Member | undefined,
  name: string,
): readonly Candidate[] {
  return [...searchSteps(system, object, main)].flatMap(({ folders }) =>
    folders.flatMap((folder) => folder.find(name) ?? []),
  )
}

/**
 * A library that would be loaded if Lambda's user could open it counts as found: that it may not is one cause, which a
 * rule of its own names, and not a library that is missing.
 */
function unreadable(system: LoaderSystem, object: Member, main: Member | undefined, name: string): Found {
  for (const { how, folders } of searchSteps(system, object, main)) {
    const candidate = folders.map((folder) => folder.find(name)).find((file) => file && isHidden(system, file))
    if (candidate !== undefined) return { candidate, how, taken: true }
  }
  return NOT_FOUND
}

function isHidden({ architecture }: LoaderSystem, { file, acceptance }: Candidate): boolean {
  const hidden = acceptance.verdict === 'skip' && acceptance.why === 'unreadable'
  return hidden && file !== undefined && refusalOf(file, architecture) === undefined
}

/** DT_RPATH counts for nothing in an object that has DT_RUNPATH too. */
function ownRpath({ file }: Member): string | undefined {
  return file.runpath === undefined ? file.rpath : undefined
}

const decomposed = new WeakMap<LoaderSystem, Map<string, readonly LibraryFolder[]>>()

function runFolders(system: LoaderSystem, { path }: Member, runPath = ''): readonly LibraryFolder[] {
  const known = decomposed.get(system) ?? new Map<string, readonly LibraryFolder[]>()
  decomposed.set(system, known)
  const origin = path.slice(0, path.lastIndexOf('/')) || '/'
  const key = `${origin}\0${runPath}`
  const folders =
    known.get(key) ??
    pathFolders(runPath, ':', { ...system.tokens, origin }, workingDirectory(system.view)).map(system.folders.at)
  known.set(key, folders)
  return folders
}

function inFolders(how: FoundBy, folders: readonly LibraryFolder[]): SearchStep {
  return {
    how,
    folders,
    find(name) {
      for (const folder of folders) {
        const candidate = folder.find(name)
        if (candidate !== undefined && candidate.acceptance.verdict !== 'skip') return candidate
      }
      return undefined
    },
  }
}
