// Values at which readers of binary formats change their mind.
const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]
const LONGEST = 1024 * 1024

/** One to eight small changes: bytes, numbers, cuts, repetitions, a piece of another file. */
export function mutate(original: Buffer, other: Buffer, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(original)
  const changes = 1 + below(8, random)
  for (let change = 0; change < changes && bytes.length > 0; change++) {
    bytes = MUTATIONS[below(MUTATIONS.length, random)]?.(bytes, other, random) ?? bytes
  }
  return bytes.subarray(0, LONGEST)
}

type Mutation = (bytes: Buffer, other: Buffer, random: () => number) => Buffer

const MUTATIONS: readonly Mutation[] = [
  function bit(bytes, _, random) {
    const at = headFirst(bytes, random)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8, random))
    return bytes
  },
  function byte(bytes, _, random) {
    bytes[headFirst(bytes, random)] = below(256, random)
    return bytes
  },
  function number(bytes, _, random) {
    const at = headFirst(bytes, random) & ~3
    const value = INTERESTING[below(INTERESTING.length, random)] ?? 0
    if (at + 4 <= bytes.length) random() < 0.5 ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at)
    return bytes
  },
  function cut(bytes, _, random) {
    return bytes.subarray(0, below(bytes.length, random))
  },
  function remove(bytes, _, random) {
    const { start, end } = range(bytes, random)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  },
  function repeat(bytes, _, random) {
    const { start, end } = range(bytes, random)
    const times = 1 + below(20, random)
    return Buffer.concat([
      bytes.subarray(0, end),
      ...Array(times).fill(bytes.subarray(start, end)),
      bytes.subarray(end),
    ])
  },
  function splice(bytes, other, random) {
    const { start, end } = range(other, random)
    const at = below(bytes.length, random)
    return Buffer.concat([bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(at)])
  },
]

function range(bytes: Buffer, random: () => number) {
  const start = below(bytes.length, random)
  return { start, end: Math.min(bytes.length, start + 1 + below(256, random)) }
}

/** Headers decide most: half of the changes are made there. */
function headFirst(bytes: Buffer, random: () => number): number {
  return below(random() < 0.5 ? Math.min(bytes.length, 512) : bytes.length, random)
}

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit)
}
