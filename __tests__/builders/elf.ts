/** What a made-up ELF file says of itself; see ElfFile. */
export type ElfContent = {
  readonly class: 32 | 64
  readonly littleEndian: boolean
  readonly machine: number
  readonly interpreter?: string
  readonly soname?: string
  readonly needed?: readonly string[]
  readonly rpath?: string
  readonly runpath?: string
  readonly versionsNeeded?: readonly { file: string; versions: readonly { name: string; weak: boolean }[] }[]
  readonly versionsDefined?: readonly string[]
  /** Bytes of zeros before the tables, to make a large file. */
  readonly padding?: number
}

const ADDRESS = 0x400000

/** A shared object with program headers and a dynamic section and nothing else (readelf -dVWl reads it). */
export function buildElf(content: ElfContent): Buffer {
  const wide = content.class === 64
  const u16 = (value: number) => number(value, 2)
  const u32 = (value: number) => number(value, 4)
  const word = (value: number) => number(value, wide ? 8 : 4)
  const headerSize = wide ? 64 : 52
  const programHeaderSize = wide ? 56 : 32
  const strings = stringTable()
  const needs = versionNeeds()
  const definitions = versionDefinitions()
  const interpreter = Buffer.from(content.interpreter === undefined ? '' : `${content.interpreter}\0`)
  const count = content.interpreter === undefined ? 2 : 3

  const interpreterAt = headerSize + count * programHeaderSize
  const needsAt = aligned(interpreterAt + interpreter.length + (content.padding ?? 0))
  const definitionsAt = needsAt + needs.length
  const names: [number, string | undefined][] = [
    [14, content.soname],
    [15, content.rpath],
    [29, content.runpath],
  ]
  const tags: [number, number][] = [
    ...(content.needed ?? []).map((name): [number, number] => [1, strings.offset(name)]),
    ...names.flatMap(([tag, name]): [number, number][] => (name === undefined ? [] : [[tag, strings.offset(name)]])),
  ]
  const stringsAt = definitionsAt + definitions.length
  tags.push([5, ADDRESS + stringsAt], [10, strings.bytes().length])
  if (needs.length > 0) tags.push([0x6ffffffe, ADDRESS + needsAt], [0x6fffffff, content.versionsNeeded?.length ?? 0])
  if (definitions.length > 0)
    tags.push([0x6ffffffc, ADDRESS + definitionsAt], [0x6ffffffd, (content.versionsDefined?.length ?? 0) + 1])
  tags.push([0, 0])
  const dynamicAt = aligned(stringsAt + strings.bytes().length)
  const dynamic = Buffer.concat(tags.flatMap(([tag, value]) => [word(tag), word(value)]))
  const size = dynamicAt + dynamic.length

  const header = Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, content.littleEndian ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    u16(3),
    u16(content.machine),
    u32(1),
    ...[0, headerSize, 0].map(word),
    u32(0),
    ...[headerSize, programHeaderSize, count, 0, 0, 0].map(u16),
    programHeader(1, 0, size),
    programHeader(2, dynamicAt, dynamic.length),
    ...(content.interpreter === undefined ? [] : [programHeader(3, interpreterAt, interpreter.length)]),
    interpreter,
  ])
  const file = Buffer.alloc(size)
  header.copy(file)
  needs.copy(file, needsAt)
  definitions.copy(file, definitionsAt)
  strings.bytes().copy(file, stringsAt)
  dynamic.copy(file, dynamicAt)
  return file

  function programHeader(type: number, offset: number, length: number): Buffer {
    const address = ADDRESS + offset
    const sizes = [word(length), word(length)]
    return wide
      ? Buffer.concat([u32(type), u32(4), word(offset), word(address), word(address), ...sizes, word(8)])
      : Buffer.concat([u32(type), word(offset), word(address), word(address), ...sizes, u32(4), word(4)])
  }

  function versionNeeds(): Buffer {
    const entries = content.versionsNeeded ?? []
    return Buffer.concat(
      entries.flatMap(({ file, versions }, index) => [
        u16(1),
        u16(versions.length),
        u32(strings.offset(file)),
        u32(16),
        u32(index === entries.length - 1 ? 0 : 16 + 16 * versions.length),
        ...versions.flatMap(({ name, weak }, at) => [
          u32(0),
          u16(weak ? 2 : 0),
          u16(2 + at),
          u32(strings.offset(name)),
          u32(at === versions.length - 1 ? 0 : 16),
        ]),
      ]),
    )
  }

  function versionDefinitions(): Buffer {
    if (content.versionsDefined === undefined) return Buffer.alloc(0)
    const names = [content.soname ?? 'base', ...content.versionsDefined]
    return Buffer.concat(
      names.flatMap((name, index) => [
        ...[1, index === 0 ? 1 : 0, index + 1, 1].map(u16),
        u32(0),
        u32(20),
        u32(index === names.length - 1 ? 0 : 28),
        u32(strings.offset(name)),
        u32(0),
      ]),
    )
  }

  function number(value: number, bytes: 2 | 4 | 8): Buffer {
    const buffer = Buffer.alloc(bytes)
    if (bytes === 2) content.littleEndian ? buffer.writeUInt16LE(value) : buffer.writeUInt16BE(value)
    else if (bytes === 4) content.littleEndian ? buffer.writeUInt32LE(value) : buffer.writeUInt32BE(value)
    else if (content.littleEndian) buffer.writeBigUInt64LE(BigInt(value))
    else buffer.writeBigUInt64BE(BigInt(value))
    return buffer
  }
}

function stringTable() {
  let table = '\0'
  const offsets = new Map<string, number>()
  return {
    offset(name: string): number {
      const offset = offsets.get(name) ?? Buffer.byteLength(table)
      if (!offsets.has(name)) table += `${name}\0`
      offsets.set(name, offset)
      return offset
    },
    bytes: () => Buffer.from(table),
  }
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8
}
