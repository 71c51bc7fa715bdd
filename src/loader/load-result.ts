import type { ElfFile } from '../inspect/evidence.ts'

/** What happens when the loader is asked for one native file: the file and everything it draws in (ld.so(8)). */
export type LoadResult = {
  readonly root: ElfFile
  /** The loader does not even begin; nothing else is said then. Rules about binaries themselves name the reason. */
  readonly refused?: Refusal
  /** In the order of loading, the root first; also when loading fails later. */
  readonly objects: readonly LoadedObject[]
  readonly missing: readonly MissingLibrary[]
  readonly unmet: readonly UnmetVersion[]
  /** None while a library is missing or unread: it may define them. Searched for when it is first asked for. */
  readonly undefinedSymbols: readonly UndefinedSymbol[]
  /** Questions that the evidence leaves open (a library of an unread runtime, a file read in part): `notChecked`. */
  readonly open: readonly string[]
}

/** Why a file cannot be loaded whatever lies beside it: `other-system` is an OS/ABI that is not Linux's (FreeBSD). */
export type Refusal = 'other-processor' | 'other-system' | 'unreadable' | 'not-a-library'

/** One object of the process and how it came in. */
export type LoadedObject = {
  readonly file: ElfFile
  /** Where the loader found it, links not followed: `$ORIGIN` is this path's folder. */
  readonly path: string
  /** Path of the object that needed it; absent for a root. */
  readonly by?: string
  readonly how: FoundBy
}

export type FoundBy =
  | 'root'
  /** The process had a library of that soname already. */
  | 'loaded'
  /** The needed name is a path. */
  | 'path'
  | 'rpath'
  | 'library-path'
  | 'runpath'
  | 'configured'
  | 'default'

/** A soname that no searched folder answers. `chain`: paths from the root to the object that needs it. */
export type MissingLibrary = {
  readonly soname: string
  readonly neededBy: ElfFile
  readonly chain: readonly string[]
  /** Folders in the order of the search. */
  readonly searched: readonly string[]
  readonly near: readonly NearMiss[]
}

/** Something that looks like the missing library and is not taken. */
export type NearMiss = {
  readonly path: string
  readonly why: 'not-searched' | 'other-version' | 'other-processor' | 'other-libc' | 'unreadable'
}

/** A version that an object needs and the library that answers for the soname does not define. */
export type UnmetVersion = {
  readonly soname: string
  readonly version: string
  /** Newest version of the same family that the provider defines (`GLIBC_2.34`). */
  readonly newest?: string
  readonly neededBy: ElfFile
  readonly provider: ElfFile
  readonly chain: readonly string[]
  /** The provider was in the process before this load: a copy that the object brings is not looked at. */
  readonly alreadyLoaded: boolean
}

/** A strong symbol that nothing in the process defines; fatal at load with RTLD_NOW, at the first call otherwise. */
export type UndefinedSymbol = { readonly symbol: string; readonly version?: string; readonly neededBy: ElfFile }

/** True when `dlopen` or the start of the program fails for certain. Undefined symbols are judged by who loads. */
export function failsToLoad({ refused, missing, unmet }: LoadResult): boolean {
  return refused !== undefined || missing.length > 0 || unmet.length > 0
}
