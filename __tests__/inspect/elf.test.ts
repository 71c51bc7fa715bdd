import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ByteWindows, wholeFile } from '../../src/inspect/byte-windows.ts'
import { readElf } from '../../src/inspect/elf.ts'
import { buildElf } from '../builders/elf.ts'
import { seeded } from '../builders/random.ts'

const realLibrary = Buffer.from(readFileSync(new URL('fixtures/libfoo.so.base64', import.meta.url), 'utf8'), 'base64')

const CONTENT = {
  interpreter: '/lib/ld-linux.so',
  soname: 'libexample.so.1',
  needed: ['libc.so.6', 'libm.so.6'],
  rpath: '$ORIGIN/../lib',
  runpath: '/opt/lib',
  versionsNeeded: [
    {
      file: 'libc.so.6',
      versions: [
        { name: 'GLIBC_2.34', weak: false },
        { name: 'GLIBC_2.38', weak: true },
      ],
    },
    { file: 'libm.so.6', versions: [{ name: 'GLIBC_2.29', weak: false }] },
  ],
  versionsDefined: ['EXAMPLE_1.0', 'EXAMPLE_1.1'],
}

describe('the facts of a file', () => {
  it('built by a real linker are those that readelf gives', () => {
    expect(readElf('/opt/lib/libfoo.so', wholeFile(realLibrary))).toEqual({
      path: '/opt/lib/libfoo.so',
      class: 64,
      littleEndian: true,
      machine: 62,
      osAbi: 0,
      type: 3,
      soname: 'libfoo.so.2',
      needed: ['libm.so.6', 'libc.so.6'],
      runpath: '$ORIGIN/../lib',
      versionsNeeded: [
        { file: 'libm.so.6', versions: [{ name: 'GLIBC_2.2.5', weak: false }] },
        { file: 'libc.so.6', versions: [{ name: 'GLIBC_2.2.5', weak: false }] },
      ],
      versionsDefined: ['FOO_1.0', 'FOO_2.0'],
      symbols: { exports: 'yg5vukIlb7o3Qj7OeEY+zg==', atLoad: '', atCall: '' },
    })
  })

  it.each([
    { name: 'x86-64', class: 64, littleEndian: true, machine: 62 },
    { name: 'aarch64', class: 64, littleEndian: true, machine: 183 },
    { name: 'i386', class: 32, littleEndian: true, machine: 3 },
    { name: 's390x', class: 64, littleEndian: false, machine: 22 },
    { name: 'mips', class: 32, littleEndian: false, machine: 8 },
  ] as const)('are read for $name', ({ name, ...kind }) => {
    const elf = readElf(`/${name}`, wholeFile(buildElf({ ...kind, ...CONTENT })))
    expect(elf).toEqual({ path: `/${name}`, ...kind, osAbi: 0, type: 3, ...CONTENT })
  })

  it('without a dynamic section are those of the header', () => {
    const object = Buffer.alloc(64)
    buildElf({ class: 64, littleEndian: true, machine: 183 }).copy(object, 0, 0, 64)
    object.writeUInt16LE(0, 56)
    const elf = readElf('/a.o', wholeFile(object))
    expect(elf).toMatchObject({ machine: 183, needed: [] })
    expect(elf).not.toHaveProperty('problem')
  })
})

describe('a file that cannot be read to its end', () => {
  const library = buildElf({ class: 64, littleEndian: true, machine: 62, ...CONTENT })

  it.each([
    [4, /the identification ends at byte 16, the file has 4/],
    [40, /the ELF header ends at byte 64, the file has 40/],
    [100, /the program header table ends/],
    [library.length - 1, /the dynamic section ends/],
  ])('of %i bytes says where it was cut off', (length, problem) => {
    expect(readElf('/cut', wholeFile(library.subarray(0, length))).problem).toMatch(problem)
  })

  it.each([
    [100, undefined],
    [library.length - 1, true],
  ])('of %i bytes says whether the loader gets as far as mapping it', (length, truncated) => {
    expect(readElf('/cut', wholeFile(library.subarray(0, length))).truncated).toBe(truncated)
  })

  it('still tells its machine', () => {
    expect(readElf('/cut', wholeFile(library.subarray(0, 100)))).toMatchObject({ machine: 62, class: 64 })
  })

  it('says that program headers have an unexpected size', () => {
    const lying = Buffer.from(library)
    lying.writeUInt16LE(32, 54)
    expect(readElf('/lying', wholeFile(lying)).problem).toBe('program headers of 32 bytes each, expected 56')
  })

  it('says that what strip left of a library cannot be mapped, and not of a program, which the kernel maps', () => {
    const stripped = (content: object) => {
      const file = buildElf({ class: 64, littleEndian: true, machine: 62, needed: ['libc.so.6'], ...content })
      // p_align of its first segment, whose p_vaddr (0x400000) does not fit p_offset (0) by it.
      file.writeBigUInt64LE(0x800000n, 64 + 48)
      return readElf('/opt/lib/a.so', wholeFile(file)).problem
    }
    expect(stripped({})).toBe('the address of a segment and its place in the file do not fit')
    expect(stripped({ interpreter: '/lib/ld-linux.so' })).toBeUndefined()
  })

  it('is partial, not wrong, when the place was passed over', () => {
    const file: ByteWindows = { size: library.length, windows: [{ offset: 0, bytes: library.subarray(0, 300) }] }
    const elf = readElf('/large', file)
    expect(elf.partial).toMatch(/too large to be kept whole/)
    expect(elf).not.toHaveProperty('problem')
  })

  it('does not follow version entries that lead in small steps through everything', () => {
    const many = Array.from({ length: 60_000 }, () => ({ name: 'V', weak: false }))
    const file = buildElf({
      class: 64,
      littleEndian: true,
      machine: 62,
      needed: ['a'],
      versionsNeeded: [{ file: 'a', versions: many }],
    })
    // Every entry of the outer chain now points to the same 60,000 inner ones.
    const outer = Buffer.alloc(16)
    const start = file.indexOf(Buffer.from([1, 0, many.length & 0xff, many.length >> 8]))
    file.copy(outer, 0, start, start + 16)
    for (let entry = 0; entry < 1000; entry++) {
      outer.writeUInt32LE(16 * (1000 - entry), 8)
      outer.writeUInt32LE(16, 12)
      outer.copy(file, start + 16 * entry)
    }
    const countTag = Buffer.from('ffffff6f00000000', 'hex')
    file.writeUInt32LE(1000, file.lastIndexOf(countTag) + 8)
    expect(readElf('/hostile', wholeFile(file)).problem).toBe('the dynamic section names more than a real file does')
  })
})

it.each([
  ['a real library', realLibrary],
  ['64 bit', buildElf({ class: 64, littleEndian: true, machine: 62, ...CONTENT })],
  ['32 bit, big-endian', buildElf({ class: 32, littleEndian: false, machine: 8, ...CONTENT })],
])('never throws, whatever the bytes: %s, changed at random', (_, original) => {
  const random = seeded(original.length)
  let problems = 0
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(
      original.subarray(0, round % 5 === 0 ? Math.floor(random() * original.length) : undefined),
    )
    for (let change = 0; change < 1 + (round % 4) && bytes.length > 5; change++)
      bytes[4 + Math.floor(random() * (bytes.length - 4))] = [0, 1, 0x7f, 0x80, 0xff][Math.floor(random() * 5)] ?? 0
    if (readElf('/mutated', wholeFile(bytes)).problem !== undefined) problems++
  }
  expect(problems).toBeGreaterThan(300)
})
