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
  if (added.some(isUnknown)) return NONE
  const inProcess = definitions(before)
  if (!inProcess.complete) return NONE
  const files = new Set(added.map(({ file }) => file))
  const symbols: UndefinedSymbol[] = []
  for (const file of files) {
    for (const { name, version, hash } of leftOpen(file, files, inProcess)) {
      if (definerOf(hash, files) !== undefined) continue
      symbols.push({ symbol: name, ...(version === undefined ? {} : { version }), neededBy: file })
    }
  }
  return symbols
}

/** What a file wants and neither the process nor the libraries define with which it was looked at before. */
function leftOpen(file: ElfFile, beside: ReadonlySet<ElfFile>, { layers, answered }: Definitions): readonly Wanted[] {
  const known = answered.get(file)
  if (known?.definers.every((definer) => beside.has(definer))) return known.left
  const definers = new Set<ElfFile>()
  const left = wanted(file).filter(({ hash }) => {
    if (layers.some((hashes) => hashes.has(hash))) return false
    const definer = definerOf(hash, beside)
    if (definer !== undefined) definers.add(definer)
    return definer === undefined
  })
  answered.set(file, { definers: [...definers], left })
  return left
}

function definerOf(hash: number, files: ReadonlySet<ElfFile>): ElfFile | undefined {
  for (const file of files) if (definesHash(file, hash)) return file
  return undefined
}

function isUnknown({ file }: Member): boolean {
  return file.symbols === undefined && file.problem === undefined
}

type Wanted = ImportedSymbol & { readonly hash: number }

const hashed = new WeakMap<ElfFile, readonly Wanted[]>()

function wanted(file: ElfFile): readonly Wanted[] {
  const known = hashed.get(file) ?? imports(file).map((symbol) => ({ ...symbol, hash: symbolHash(symbol.name) }))
  hashed.set(file, known)
  return known
}

/** What a process defines: sets that double in size, so that a process of many loads is never gone through again whole. */
type Definitions = {
  readonly layers: readonly ReadonlySet<number>[]
  readonly complete: boolean
  /** The same library comes with one root after the other, mostly beside the same others. */
  readonly answered: Map<ElfFile, Answer>
}

type Answer = { readonly definers: readonly ElfFile[]; readonly left: readonly Wanted[] }

const indexes = new WeakMap<Members, Definitions>()

function definitions(members: Members): Definitions {
  const known = indexes.get(members)
  if (known !== undefined) return known
  const before = members.before === undefined ? undefined : definitions(members.before)
  const own = new Set<number>()
  for (const { file } of members.added) for (const hash of exportedHashes(file)) own.add(hash)
  const found: Definitions = {
    layers: merged([...(before?.layers ?? []), own]),
    complete: before?.complete !== false && !members.added.some(isUnknown),
    answered: new Map(),
  }
  indexes.set(members, found)
  return found
}

function merged(layers: readonly ReadonlySet<number>[]): readonly ReadonlySet<number>[] {
  const last = layers.at(-1)
  const other = layers.at(-2)
  if (last === undefined || other === undefined || last.size * 2 < other.size) return layers
  const both = new Set(other)
  for (const hash of last) both.add(hash)
  return merged([...layers.slice(0, -2), both])
}
