import type { ElfFile } from '../inspect/evidence.ts'
import { exportedSymbols } from '../inspect/symbol-table.ts'
import type { LoaderSystem } from './loader-system.ts'

/** Numbers of objects, one bit each. */
export type ObjectSet = Uint32Array

/**
 * Which objects define a symbol, of all that processes of one system hold: the exports of each are taken in once, and a
 * process is a set of numbers. Thousands of loads then ask without putting tables of their own together.
 */
export type SymbolIndex = {
  /** `set` and these objects. */
  extended(set: ObjectSet, files: Iterable<ElfFile>): ObjectSet
  /** Whether one of the set defines the symbol of this hash. */
  isDefined(hash: number, within: ObjectSet): boolean
}

export const NO_OBJECTS: ObjectSet = new Uint32Array(0)

const indexes = new WeakMap<LoaderSystem, SymbolIndex>()

export function symbolIndex(system: LoaderSystem): SymbolIndex {
  const index = indexes.get(system) ?? makeIndex()
  indexes.set(system, index)
  return index
}

const FIRST_SIZE = 1 << 14

function makeIndex(): SymbolIndex {
  const numbers = new Map<ElfFile, number>()
  // Open addressing: a hash, and from 1 the first of the definitions that have it; 0 is an empty place.
  let hashes = new Uint32Array(FIRST_SIZE)
  let firsts = new Uint32Array(FIRST_SIZE)
  let taken = 0
  // Definitions from 1: the object, and the next definition with the same hash.
  let objects = new Uint32Array(FIRST_SIZE)
  let nexts = new Uint32Array(FIRST_SIZE)
  let definitions = 0

  return {
    extended(set, files) {
      const added = [...files].map(numberOf)
      const extended = new Uint32Array(Math.max(set.length, ...added.map((number) => (number >>> 5) + 1)))
      extended.set(set)
      for (const number of added) extended[number >>> 5] = (extended[number >>> 5] ?? 0) | (1 << (number & 31))
      return extended
    },
    isDefined(hash, within) {
      for (let at = firsts[place(hash)] ?? 0; at !== 0; at = nexts[at] ?? 0) {
        const object = objects[at] ?? 0
        if ((((within[object >>> 5] ?? 0) >>> (object & 31)) & 1) === 1) return true
      }
      return false
    },
  }

  function numberOf(file: ElfFile): number {
    const known = numbers.get(file)
    if (known !== undefined) return known
    const number = numbers.size
    numbers.set(file, number)
    const symbols = exportedSymbols(file)
    makeRoom(symbols.length)
    for (const hash of symbols) add(hash, number)
    return number
  }

  function add(hash: number, object: number): void {
    const at = place(hash)
    if (firsts[at] === 0) {
      hashes[at] = hash
      taken++
    }
    definitions++
    objects[definitions] = object
    nexts[definitions] = firsts[at] ?? 0
    firsts[at] = definitions
  }

  /** Where the hash stands, or is to stand. The last bits of gnu hashes are those of the last letters: they are spread. */
  function place(hash: number): number {
    const mask = hashes.length - 1
    let at = (Math.imul(hash, 0x9e3779b1) >>> 7) & mask
    while (firsts[at] !== 0 && hashes[at] !== hash) at = (at + 1) & mask
    return at
  }

  function makeRoom(more: number): void {
    if (definitions + more >= objects.length) {
      const size = Math.max(objects.length * 2, definitions + more + 1)
      objects = grown(objects, size)
      nexts = grown(nexts, size)
    }
    if ((taken + more) * 2 <= hashes.length) return
    const [earlier, found] = [hashes, firsts]
    let size = hashes.length
    while ((taken + more) * 2 > size) size *= 2
    hashes = new Uint32Array(size)
    firsts = new Uint32Array(size)
    for (let from = 0; from < earlier.length; from++) {
      if (found[from] === 0) continue
      const to = place(earlier[from] ?? 0)
      hashes[to] = earlier[from] ?? 0
      firsts[to] = found[from] ?? 0
    }
  }
}

function grown(from: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size)
  larger.set(from)
  return larger
}
