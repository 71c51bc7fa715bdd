import type { ElfFile } from '../inspect/evidence.ts'
import { definesHash, exportedHashes, holdsHash, type ImportedSymbol, importedHashes } from '../inspect/symbol-table.ts'
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
  const left: Wanted[] = []
  const { hashes, at } = importedHashes(file)
  for (const [index, hash] of hashes.entries()) {
    if (layers.some((layer) => holdsHash(layer, hash))) continue
    const definer = definerOf(hash, beside)
    if (definer === undefined) left.push({ ...at(index), hash })
    else definers.add(definer)
  }
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

type Wanted = Pick<ImportedSymbol, 'name' | 'version'> & { readonly hash: number }

/** What a process defines: ascending hashes in tables that double in size, so that a process of many loads is never gone through again whole. */
type Definitions = {
  readonly layers: readonly Uint32Array[]
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
  const own = united(members.added.map(({ file }) => exportedHashes(file)))
  const found: Definitions = {
    layers: merged([...(before?.layers ?? []), own]),
    complete: before?.complete !== false && !members.added.some(isUnknown),
    answered: new Map(),
  }
  indexes.set(members, found)
  return found
}

function merged(layers: readonly Uint32Array[]): readonly Uint32Array[] {
  const last = layers.at(-1)
  const other = layers.at(-2)
  if (last === undefined || other === undefined || last.length * 2 < other.length) return layers
  return merged([...layers.slice(0, -2), united([other, last])])
}

/** One ascending table of several: two at a time, the shortest first, without sorting what is sorted. */
function united(tables: readonly Uint32Array[]): Uint32Array {
  const queue = tables.toSorted((a, b) => a.length - b.length)
  for (let at = 0; at + 1 < queue.length; at += 2) queue.push(mergedPair(queue[at], queue[at + 1]))
  return queue.at(-1) ?? new Uint32Array(0)
}

function mergedPair(a: Uint32Array = new Uint32Array(0), b: Uint32Array = new Uint32Array(0)): Uint32Array {
  const all = new Uint32Array(a.length + b.length)
  let [i, j] = [0, 0]
  for (let at = 0; at < all.length; at++) {
    const [left = 0, right = 0] = [a[i], b[j]]
    if (j >= b.length || (i < a.length && left <= right)) {
      all[at] = left
      i++
    } else {
      all[at] = right
      j++
    }
  }
  return all
}
