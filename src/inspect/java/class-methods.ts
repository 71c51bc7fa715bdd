/** A method as a class file declares it (JVM specification §4.6). */
export type ClassMethod = { readonly flags: number; readonly name: string; readonly descriptor: string }

const CONSTANTS_AT = 8
const UTF8 = 1
// Bytes behind the tag of each kind of constant (§4.4); of Long and Double the next number is not in use.
const SIZES: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
}

/** The methods that a class declares; none where the bytes are no class file, or one that was cut off. */
export function classMethods(bytes: Buffer): readonly ClassMethod[] {
  try {
    return read(bytes)
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

function read(bytes: Buffer): readonly ClassMethod[] {
  const texts = new Map<number, readonly [start: number, end: number]>()
  const constants = bytes.readUInt16BE(CONSTANTS_AT)
  let at = CONSTANTS_AT + 2
  for (let index = 1; index < constants; index++) {
    const tag = bytes.readUInt8(at)
    if (tag === UTF8) {
      const end = at + 3 + bytes.readUInt16BE(at + 1)
      texts.set(index, [at + 3, end])
      at = end
      continue
    }
    const size = SIZES[tag]
    if (size === undefined) return []
    if (size === 8) index += 1
    at += 1 + size
  }
  const text = (index: number) => bytes.toString('latin1', ...(texts.get(index) ?? [0, 0]))
  // Flags, this class, its parent, interfaces.
  at += 8 + bytes.readUInt16BE(at + 6) * 2
  const fields = bytes.readUInt16BE(at)
  at += 2
  for (let index = 0; index < fields; index++) at = behindMember(bytes, at)
  const methods: ClassMethod[] = []
  const count = bytes.readUInt16BE(at)
  at += 2
  for (let index = 0; index < count; index++) {
    const [flags, name, descriptor] = [0, 2, 4].map((offset) => bytes.readUInt16BE(at + offset))
    methods.push({ flags: flags ?? 0, name: text(name ?? 0), descriptor: text(descriptor ?? 0) })
    at = behindMember(bytes, at)
  }
  return methods
}

function behindMember(bytes: Buffer, at: number): number {
  let end = at + 8
  for (let attributes = bytes.readUInt16BE(at + 6); attributes > 0; attributes--) {
    end += 6 + bytes.readUInt32BE(end + 2)
  }
  return end
}
