/** A small seeded generator (mulberry32): the same sequence in every run. Numbers from 0 up to, not including, 1. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Cuts bytes into chunks of 1 to `largest` bytes, each in memory of its own that is wiped when the next is taken. */
export function* chunksOf(bytes: Buffer, largest: number, random: () => number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(random() * largest)
    const chunk = Buffer.from(bytes.subarray(at, at + length))
    yield chunk
    // The real stream reuses its memory: whoever kept a view of it now sees nonsense.
    chunk.fill(0xa5)
    at += length
  }
}
