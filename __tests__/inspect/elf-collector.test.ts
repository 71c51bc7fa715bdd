import { expect, it } from 'vitest'
import { readElf } from '../../src/inspect/elf.ts'
import { elfCollector } from '../../src/inspect/elf-collector.ts'
import { HEAD, laterRanges, WHOLE_FILE } from '../../src/inspect/elf-ranges.ts'
import { buildElf } from '../builders/elf.ts'
import { chunksOf, seeded } from '../builders/random.ts'

const CONTENT = { class: 64, littleEndian: true, machine: 62, soname: 'liblarge.so', needed: ['libc.so.6'] } as const

it('keeps a small file whole, again and again in the same memory', () => {
  const collector = elfCollector()
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
  const collector = elfCollector()
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
