import type { ElfFile } from '../inspect/evidence.ts'
import { definesHash, exportedHashes, type ImportedSymbol, imports, symbolHash } from '../inspect/symbol-table.ts'
import type { UndefinedSymbol } from './load-result.ts'
import type { Member } from './member.ts'
import type { Members } from './process.ts'

const NONE: readonly UndefinedSymbol[] = []

/**
 * Strong symbols of the new objects that no object of the process defines, wherever in its scopes that object stands: what
 * a library opened with RTLD_GLOBAL offers is not told apart. Says nothing when the symbols of one of them are not known.
 */
export function undefinedSymbols(before: Members, added: readonly Member[]): readonly UndefinedSymbol[] {
  if (added.some(isUnknown) || before.all.some(isUnknown)) return NONE
  const inProcess = definedBy(before)
  return added.flatMap(({ file }) =>
    wanted(file).flatMap(({ symbol: { name, version }, hash }) => {
      if (inProcess.has(hash) || added.some((other) => definesHash(other.file, hash))) return []
      return [{ symbol: name, ...(version === undefined ? {} : { version }), neededBy: file }]
    }),
  )
}

function isUnknown({ file }: Member): boolean {
  return file.symbols === undefined && file.problem === undefined
}

type Wanted = { readonly symbol: ImportedSymbol; readonly hash: number }

const hashed = new WeakMap<ElfFile, readonly Wanted[]>()

function wanted(file: ElfFile): readonly Wanted[] {
  const known = hashed.get(file) ?? imports(file).map((symbol) => ({ symbol, hash: symbolHash(symbol.name) }))
  hashed.set(file, known)
  return known
}

const indexes = new WeakMap<Members, ReadonlySet<number>>()

/** Hashes of all that a process defines, made once for the many loads that begin with it. */
function definedBy(members: Members): ReadonlySet<number> {
  const known = indexes.get(members)
  if (known !== undefined) return known
  const hashes = new Set<number>()
  for (const { file } of members.all) for (const hash of exportedHashes(file)) hashes.add(hash)
  indexes.set(members, hashes)
  return hashes
}
