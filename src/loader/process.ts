import type { LoadedObject } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'

/** A running process as the loader sees it: immutable, a load gives the next one. */
export type LoaderProcess = {
  readonly system: LoaderSystem
  /** In the order in which they came in. */
  readonly loaded: readonly LoadedObject[]
  readonly members: Members
  /** The program itself; none when nobody knows which one runs. */
  readonly main?: Member
}

/** The objects of a process and the names under which the loader finds them again. */
export type Members = {
  readonly all: readonly Member[]
  /** Where the last load began, and what it added. */
  readonly before?: Members
  readonly added: readonly Member[]
  readonly byName: ReadonlyMap<string, Member>
  readonly byIdentity: ReadonlyMap<string, Member>
}

/** Members of a load that may still fail, over those of its process. */
export type GrowingMembers = {
  readonly added: readonly Member[]
  named(name: string): Member | undefined
  identified(identity: string): Member | undefined
  add(member: Member, names: readonly string[]): void
  /** The first member of a name keeps it, as in the loader's list. */
  addName(member: Member, name: string): void
  isNew(member: Member): boolean
  done(): Members
}

export const NO_MEMBERS: Members = { all: [], added: [], byName: new Map(), byIdentity: new Map() }

export function makeProcess(system: LoaderSystem, members: Members, main: Member | undefined): LoaderProcess {
  let loaded: readonly LoadedObject[] | undefined
  return {
    system,
    members,
    // Few ask: a program that opens a thousand files is a thousand processes.
    get loaded() {
      loaded ??= members.all.map(loadedObject)
      return loaded
    },
    ...(main === undefined ? {} : { main }),
  }
}

export function loadedObject({ file, path, how, loader }: Member): LoadedObject {
  return { file, path, how, ...(loader === undefined ? {} : { by: loader.file.path }) }
}

export function growingMembers(base: Members): GrowingMembers {
  const added: Member[] = []
  const byName = new Map<string, Member>()
  const byIdentity = new Map<string, Member>()
  const named = (name: string) => base.byName.get(name) ?? byName.get(name)
  const addName = (member: Member, name: string) => {
    if (named(name) === undefined) byName.set(name, member)
  }
  return {
    added,
    named,
    identified: (identity) => base.byIdentity.get(identity) ?? byIdentity.get(identity),
    addName,
    add(member, names) {
      added.push(member)
      byIdentity.set(member.identity, member)
      for (const name of names) addName(member, name)
    },
    isNew: (member) => byIdentity.get(member.identity) === member,
    done: () => ({
      all: [...base.all, ...added],
      before: base,
      added,
      byName: joined(base.byName, byName),
      byIdentity: joined(base.byIdentity, byIdentity),
    }),
  }
}

/** Copying a map whole is much faster than copying its entries. */
function joined<K, V>(base: ReadonlyMap<K, V>, added: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const all = new Map(base)
  for (const [key, value] of added) all.set(key, value)
  return all
}
