/**
 * Two maps seen as one, those of `over` in the place of others of the same key; `hides` takes keys out of `below`. Nothing is
 * copied: a runtime has 80,000 files, and a layer a few over them.
 */
export class OverlayMap<K, V> implements ReadonlyMap<K, V> {
  readonly #over: ReadonlyMap<K, V>
  readonly #below: ReadonlyMap<K, V>
  readonly #hides: (key: K) => boolean
  #size: number | undefined

  constructor(over: ReadonlyMap<K, V>, below: ReadonlyMap<K, V>, hides: (key: K) => boolean = (key) => over.has(key)) {
    this.#over = over
    this.#below = below
    this.#hides = hides
  }

  get(key: K): V | undefined {
    const own = this.#over.get(key)
    if (own !== undefined) return own
    // Most that is looked for is nowhere.
    const other = this.#below.get(key)
    return other === undefined || this.#hides(key) ? undefined : other
  }

  has(key: K): boolean {
    return this.#over.has(key) || (this.#below.has(key) && !this.#hides(key))
  }

  get size(): number {
    this.#size ??= [...this.keys()].length
    return this.#size
  }

  /** Those of `below` first. */
  *entries(): MapIterator<[K, V]> {
    for (const entry of this.#below) if (!this.#hides(entry[0])) yield entry
    yield* this.#over
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this)
  }
}
