import { posix } from 'node:path'
import type { LoadedObject, LoadResult, MissingLibrary, NearMiss } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import { chainTo, type Member } from './member.ts'
import { nearMisses } from './near-misses.ts'
import { type GrowingMembers, loadedObject } from './process.ts'
import { findPath, findSoname, searchedFolders } from './search.ts'
import { isBuiltIn } from './standard-objects.ts'

export type Grown = Pick<LoadResult, 'objects' | 'missing' | 'open'>

/** Everything that the first objects draw in, breadth first, as glibc and musl both go. */
export function growObjects(
  system: LoaderSystem,
  members: GrowingMembers,
  main: Member | undefined,
  first: readonly Member[],
): Grown {
  const objects: LoadedObject[] = first.map(loadedObject)
  const missing: MissingLibrary[] = []
  const open: string[] = []
  const queue = [...first]
  const listed = new Set<Member>(first)
  // The loader stops at the first that is missing: who else needs the same adds nothing.
  const lacking = new Set<string>()
  // The array grows while it is walked.
  for (const object of queue) {
    if (object.file.partial !== undefined) open.push(`${object.file.path}: ${object.file.partial}`)
    for (const name of object.file.needed) need(object, name)
  }
  return { objects, missing, open }

  function need(object: Member, name: string): void {
    if (isLoaded(object, name)) return
    const found = name.includes('/') ? findPath(system, object, name) : findSoname(system, object, main, name)
    const { candidate, how } = found
    if (candidate?.file === undefined || !found.taken) {
      if (lacking.has(name)) return
      lacking.add(name)
      if (isOpen(system, name)) open.push(`${name}, needed by ${object.file.path}: the runtime's files were not read`)
      else addMissing(object, name)
      return
    }
    const same = members.identified(candidate.identity)
    if (same !== undefined) {
      for (const one of names(same, name)) members.addName(same, one)
      list(object, same)
      return
    }
    const { file, path, identity } = candidate
    const member: Member = { file, path, identity, how, loader: object }
    members.add(member, names(member, name))
    listed.add(member)
    objects.push(loadedObject(member))
    queue.push(member)
  }

  function isLoaded(object: Member, name: string): boolean {
    const loaded = members.named(name)
    if (loaded !== undefined) list(object, loaded)
    return loaded !== undefined || isBuiltIn(name, system.libc)
  }

  /** What the process had before this load stands in the result once, by whoever asks first. */
  function list(by: Member, member: Member): void {
    if (listed.has(member)) return
    listed.add(member)
    objects.push({ file: member.file, path: member.path, by: by.file.path, how: 'loaded' })
  }

  /**
   * glibc knows objects by the name that was asked for, by DT_SONAME and by the path; musl, once a search has come to
   * them, by the last part of the path alone, under which they were loaded first.
   */
  function names({ file, path }: Member, name: string): readonly string[] {
    if (system.libc === 'musl') return name.includes('/') ? [] : [posix.basename(path)]
    return [name, path, ...(file.soname === undefined ? [] : [file.soname])]
  }

  /** Where it was searched for and what is like it nobody asks of most: half of the loads that fail are tries. */
  function addMissing(object: Member, name: string): void {
    let searched: readonly string[] | undefined
    let near: readonly NearMiss[] | undefined
    missing.push({
      soname: name,
      neededBy: object.file,
      chain: chainTo(object),
      get searched() {
        searched ??= searchedFolders(system, object, main)
        return searched
      },
      get near() {
        near ??= nearMisses(system, object, main, name)
        return near
      },
    })
  }
}

/** Of an unread runtime nobody knows what it lacks; only that it is glibc's. */
function isOpen({ view }: LoaderSystem, name: string): boolean {
  return view.confidence === 'table' && !/^(?:libc\.musl-|ld-musl-|libc\.so$)/.test(name)
}
