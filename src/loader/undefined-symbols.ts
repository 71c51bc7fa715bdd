import { importedHashes } from '../inspect/symbol-table.ts'
import type { UndefinedSymbol } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'
import type { Members } from './process.ts'
import { NO_OBJECTS, type ObjectSet, type SymbolIndex, symbolIndex } from './symbol-index.ts'

const NONE: readonly UndefinedSymbol[] = []

/**
 * Strong symbols of the new objects that no object of the process defines, wherever in its scopes that object stands: what
 * a library opened with RTLD_GLOBAL offers is not told apart. Says nothing when the symbols of one of them are not known.
 */
export function undefinedSymbols(
  system: LoaderSystem,
  before: Members,
  added: readonly Member[],
): readonly UndefinedSymbol[] {
  if (added.some(isUnknown)) return NONE
  const index = symbolIndex(system)
  const inProcess = objectsOf(before, index)
  if (!inProcess.complete) return NONE
  const files = new Set(added.map(({ file }) => file))
  const all = index.extended(inProcess.objects, files)
  const symbols: UndefinedSymbol[] = []
  for (const file of files) {
    const { hashes, at } = importedHashes(file)
    for (let one = 0; one < hashes.length; one++) {
      if (index.isDefined(hashes[one] ?? 0, all)) continue
      const { name, version } = at(one)
      symbols.push({ symbol: name, ...(version === undefined ? {} : { version }), neededBy: file })
    }
  }
  return symbols
}

function isUnknown({ file }: Member): boolean {
  return file.symbols === undefined && file.problem === undefined
}

/** `complete`: the symbols of every object are known. */
type Objects = { readonly objects: ObjectSet; readonly complete: boolean }

const known = new WeakMap<Members, Objects>()

/** What a process holds, from what the process before it held. */
function objectsOf(members: Members, index: SymbolIndex): Objects {
  const earlier = known.get(members)
  if (earlier !== undefined) return earlier
  const before = members.before === undefined ? undefined : objectsOf(members.before, index)
  const found: Objects = {
    objects: index.extended(
      before?.objects ?? NO_OBJECTS,
      members.added.map(({ file }) => file),
    ),
    complete: before?.complete !== false && !members.added.some(isUnknown),
  }
  known.set(members, found)
  return found
}
