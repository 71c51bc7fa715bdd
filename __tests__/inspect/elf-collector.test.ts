import { expect, it } from 'vitest'
import { readElf } from '../../src/inspect/elf.ts'
import { elfCollector } from '../../src/inspect/elf-collector.ts'
import { HEAD, laterRanges, WHOLE_FILE } from '../../src/inspect/elf-ranges.ts'
import { keptBytes } from '../../src/inspect/kept-bytes.ts'
import { buildElf } from '../builders/elf.ts'
import { chunksOf, seeded } from '../builders/random.ts'

const CONTENT = { class: 64, littleEndian: true, machine: 62, soname: 'liblarge.so', needed: ['libc.so.6'] } as const

it('keeps a small file whole, again and again in the same memory', () => {
  const collector = elfCollector(keptBytes())
  for (const soname of ['libone.so', 'libanother.so.2', 'lib3.so']) {
    const file = buildElf({ ...CONTENT, soname })
    collector.begin(file.length)
    for (const chunk of chunksOf(file, 50, seeded(1))) collector.bytes(chunk)
    expect(readElf('/lib', collector.end())).toMatchObject({ soname, needed: ['libc.so.6'] })
  }
})

it('keeps of a larger file what its program headers point to', () => {
  const small = buildElf(CONTENT)
  const padding = WHOLE_FILE + 1024
  const collector = elfCollector(keptBytes())
  const file = buildElf({ ...CONTENT, padding })
  // As patchelf leaves it: the tables in a last segment of their own, after 128 MB that do not matter.
  file.writeBigUInt64LE(BigInt(64 + 2 * 56), 64 + 32)
  file.writeUInt16LE(3, 56)
  const tables = small.length - (64 + 2 * 56)
  const last = Buffer.alloc(56)
  file.copy(last, 0, 64, 64 + 56)
  last.writeBigUInt64LE(BigInt(file.length - tables - 8), 8)
  last.writeBigUInt64LE(BigInt(0x400000 + file.length - tables - 8), 16)
  last.writeBigUInt64LE(BigInt(tables + 8), 32)
  last.copy(file, 64 + 2 * 56)
  collector.begin(file.length)
  for (let at = 0; at < file.length; at += 1_000_003) collector.bytes(file.subarray(at, at + 1_000_003))
  const kept = collector.end()
  expect(kept.windows.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(HEAD + 4096)
  expect(readElf('/large', kept)).toEqual({
    ...readElf('/large', { size: file.length, windows: [{ offset: 0, bytes: file }] }),
  })
  expect(readElf('/large', kept)).toMatchObject({ soname: 'liblarge.so', needed: ['libc.so.6'] })
})

it('asks for nothing more when the beginning is no sound header', () => {
  expect(laterRanges(Buffer.alloc(64), 200 * 1024 * 1024)).toEqual([])
})

/** The first bytes of a 64-bit file with one PT_LOAD and one PT_DYNAMIC there. */
function headWith(load: readonly [number, number], dynamic: readonly [number, number]): Buffer {
  const head = buildElf(CONTENT).subarray(0, 64 + 2 * 56)
  for (const [index, [offset, size]] of [load, dynamic].entries()) {
    head.writeBigUInt64LE(BigInt(offset), 64 + index * 56 + 8)
    head.writeBigUInt64LE(BigInt(size), 64 + index * 56 + 32)
  }
  return Buffer.concat([head, Buffer.alloc(HEAD - head.length)])
}

it.each([
  [
    'both',
    [HEAD + 1000, 50],
    [HEAD + 10, 20],
    [
      [10, 30],
      [1000, 1050],
    ],
  ],
  ['joined where they overlap', [HEAD + 10, 50], [HEAD + 40, 100], [[10, 140]]],
  ['only what the beginning does not hold', [0, HEAD + 5], [HEAD - 10, 5], [[0, 5]]],
] as const)('asks for the last segment and the dynamic section: %s', (_, load, dynamic, expected) => {
  const ranges = laterRanges(headWith(load, dynamic), WHOLE_FILE + 1)
  expect(ranges.map(({ start, end }) => [start - HEAD, end - HEAD])).toEqual(expected)
})

it('keeps what follows the beginning in the same chunk', () => {
  const file = Buffer.concat([headWith([0, 100], [HEAD + 10, 64]), Buffer.alloc(200, 'dynamic')])
  const collector = elfCollector(keptBytes())
  collector.begin(WHOLE_FILE + 1)
  collector.bytes(file.subarray(0, HEAD - 7))
  collector.bytes(file.subarray(HEAD - 7))
  expect(collector.end().windows[1]).toEqual({ offset: HEAD + 10, bytes: file.subarray(HEAD + 10, HEAD + 74) })
})
