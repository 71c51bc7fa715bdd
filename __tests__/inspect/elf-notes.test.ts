import { describe, expect, it } from 'vitest'
import { wholeFile } from '../../src/inspect/byte-windows.ts'
import { elfCursor } from '../../src/inspect/elf-cursor.ts'
import type { Segment } from '../../src/inspect/elf-header.ts'
import { readNotes } from '../../src/inspect/elf-notes.ts'
import { seeded } from '../builders/random.ts'

const BUILD_ID = 3
const PROPERTIES = 5
const ISA_NEEDED = 0xc0008002

function makeNote(type: number, content: Buffer, owner = 'GNU\0'): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt32LE(owner.length, 0)
  header.writeUInt32LE(content.length, 4)
  header.writeUInt32LE(type, 8)
  return Buffer.concat([header, Buffer.from(owner), content])
}

function makeProperty(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(type, 0)
  bytes.writeUInt32LE(4, 4)
  bytes.writeUInt32LE(value, 8)
  return bytes
}

function read(bytes: Buffer, overrides: Partial<Segment> = {}) {
  const segment = { type: 4, flags: 4, offset: 0, address: 0, size: bytes.length, align: 4, ...overrides } as Segment
  return readNotes([segment], elfCursor(wholeFile(bytes), true, true))
}

const ID = makeNote(BUILD_ID, Buffer.from('00112233445566778899aabbccddeeff00112233', 'hex'))

describe('notes', () => {
  it('name the build', () => {
    expect(read(Buffer.concat([makeNote(1, Buffer.alloc(4), 'Go\0\0'), ID]))).toEqual({
      buildId: '00112233445566778899aabbccddeeff00112233',
    })
  })

  it.each([
    [1, {}],
    [2, { isaLevel: 2 }],
    [4, { isaLevel: 3 }],
    [8, { isaLevel: 4 }],
  ])('with level bits %i say %o', (bits, expected) => {
    const properties = Buffer.concat([makeProperty(0xc0000002, 3), makeProperty(ISA_NEEDED, bits)])
    expect(read(makeNote(PROPERTIES, properties), { align: 8 })).toEqual(expected)
  })

  it('that end beyond the file or their segment say nothing', () => {
    expect(read(ID, { size: 4096 })).toEqual({})
    const lying = Buffer.from(ID)
    lying.writeUInt32LE(0xffff_fff0, 4)
    expect(read(lying)).toEqual({})
  })

  it('never throw, whatever the bytes', () => {
    const random = seeded(12)
    const whole = Buffer.concat([ID, makeNote(PROPERTIES, makeProperty(ISA_NEEDED, 4))])
    for (let round = 0; round < 5000; round++) {
      const bytes = Buffer.from(whole)
      for (let change = 0; change < 4; change++)
        bytes[Math.floor(random() * bytes.length)] = [0, 255, 4, Math.floor(random() * 256)][change] ?? 0
      const { buildId = '', isaLevel = 2 } = read(bytes, { align: round % 2 === 0 ? 4 : 8 })
      expect(buildId.length).toBeLessThanOrEqual(whole.length * 2)
      expect([2, 3, 4]).toContain(isaLevel)
    }
  })
})
