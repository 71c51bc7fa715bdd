import { exportedHashes, holdsHash, importedHashes, imports } from '../inspect/symbol-table.ts'
import type { UndefinedSymbol } from './load-result.ts'
import type { Member } from './member.ts'
import type { Members } from './process.ts'

const NONE: readonly UndefinedSymbol[] = []

/**
 * Strong symbols of the new objects that no object of the process defines, wherever in its scopes that object stands: what
 * a library opened with RTLD_GLOBAL offers is not told apart. Says nothing when the symbols of one of them are not known.
 */
export function undefinedSymbols(before: Members, added: readonly Member[]): readonly UndefinedSymbol[] {
  if (added.some(isUnknown) || !isComplete(before)) return NONE
  const isDefined = definedIn(added, before.all)
  const symbols: UndefinedSymbol[] = []
  for (const file of new Set(added.map(({ file }) => file))) {
    const hashes = importedHashes(file)
    for (let one = 0; one < hashes.length; one++) {
      if (isDefined(hashes[one] ?? 0)) continue
      const { name = '', version } = imports(file)[one] ?? {}
      symbols.push({ symbol: name, ...(version === undefined ? {} : { version }), neededBy: file })
    }
  }
  return symbols
}

/** Who defined one symbol defines most of the others: the interpreter, or the one library that the file was linked with. */
function definedIn(...parts: readonly (readonly Member[])[]): (hash: number) => boolean {
  let last: Uint32Array | undefined
  return (hash) => {
    if (last !== undefined && holdsHash(last, hash)) return true
    for (const members of parts) {
      for (const { file } of members) {
        const table = exportedHashes(file)
        if (!holdsHash(table, hash)) continue
        last = table
        return true
      }
    }
    return false
  }
}

function isUnknown({ file }: Member): boolean {
  return file.symbols === undefined && file.problem === undefined
}

const complete = new WeakMap<Members, boolean>()

/** The symbols of every object of the process are known. */
function isComplete(members: Members): boolean {
  const known = complete.get(members)
  if (known !== undefined) return known
  const found = (members.before === undefined || isComplete(members.before)) && !members.added.some(isUnknown)
  complete.set(members, found)
  return found
}
