import { crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { crc32Combine } from '../../../src/layer/zip/crc32-combine.ts'
import { seeded } from '../../builders/random.ts'

it('is the checksum of both pieces together', () => {
  const random = seeded(3)
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 5000) }, () => Math.floor(random() * 256)))
    const cut = Math.floor(random() * (bytes.length + 1))
    const [first, second] = [bytes.subarray(0, cut), bytes.subarray(cut)]
    expect(crc32Combine(crc32(first), crc32(second), second.length)).toBe(crc32(bytes))
  }
})
