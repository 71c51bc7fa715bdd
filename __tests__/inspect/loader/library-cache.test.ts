import { describe, expect, it } from 'vitest'
import { readLibraryCache } from '../../../src/inspect/loader/library-cache.ts'
import { seeded } from '../../builders/random.ts'

const X86_64 = 0x0303
const I386 = 0x0003

/** glibc's cache of 48 bytes of header, 24 an entry, then names; `old`: an empty older table before it. */
function makeCache(libraries: readonly (readonly [string, string, number])[], old = false): Buffer {
  const strings = libraries.flatMap(([name, path]) => [`${name}\0`, `${path}\0`])
  const header = Buffer.alloc(48)
  header.write('glibc-ld.so.cache1.1', 'latin1')
  header.writeUInt32LE(libraries.length, 20)
  let at = 48 + libraries.length * 24
  const entries = libraries.map(([name, path, flags]) => {
    const entry = Buffer.alloc(24)
    entry.writeUInt32LE(flags, 0)
    entry.writeUInt32LE(at, 4)
    entry.writeUInt32LE(at + name.length + 1, 8)
    at += name.length + path.length + 2
    return entry
  })
  const older = Buffer.alloc(old ? 16 : 0)
  if (old) older.write('ld.so-1.7.0', 'latin1')
  return Buffer.concat([older, header, ...entries, Buffer.from(strings.join(''))])
}

const LIBRARIES = [
  ['libz.so.1', '/lib/x86_64-linux-gnu/libz.so.1', X86_64],
  ['libz.so.1', '/lib/i386-linux-gnu/libz.so.1', I386],
  ['libm.so.6', '/lib/x86_64-linux-gnu/libm.so.6', X86_64],
] as const
const EXPECTED = [
  ['libz.so.1', '/lib/x86_64-linux-gnu/libz.so.1'],
  ['libm.so.6', '/lib/x86_64-linux-gnu/libm.so.6'],
]

describe('the cache of libraries', () => {
  it.each([false, true])('holds those of 64 bits in its order (older table before it: %s)', (old) => {
    expect(readLibraryCache(makeCache(LIBRARIES, old))).toEqual(EXPECTED)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another file', Buffer.alloc(4096, 'x')],
    ['a header cut off', makeCache(LIBRARIES).subarray(0, 40)],
  ])('is not found in %s', (_, bytes) => {
    expect(readLibraryCache(bytes)).toBeUndefined()
  })

  it('does not believe its count', () => {
    const bytes = makeCache(LIBRARIES)
    bytes.writeUInt32LE(0xffff_ffff, 20)
    expect(readLibraryCache(bytes)?.slice(0, 2)).toEqual(EXPECTED)
  })

  it('reads nothing but names and absolute paths, whatever the bytes', () => {
    const random = seeded(11)
    const whole = makeCache(LIBRARIES, true)
    for (let round = 0; round < 3000; round++) {
      const bytes = Buffer.from(whole.subarray(0, round % 3 === 0 ? Math.floor(random() * whole.length) : undefined))
      for (let change = 0; change < 3 && bytes.length > 0; change++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      const libraries = readLibraryCache(bytes) ?? []
      expect(libraries.length).toBeLessThanOrEqual(bytes.length / 24)
      expect(libraries.every(([, path]) => path.startsWith('/'))).toBe(true)
    }
  })
})
