import { expect, it } from 'vitest'
import { keptBytes } from '../../src/inspect/kept-bytes.ts'

it('gives its memory back, and that of whoever looks into it', () => {
  const memory = keptBytes()
  const buffer = memory.room(100)
  const window = buffer.subarray(10, 20)
  memory.release()
  expect([buffer.length, window.length, buffer.buffer.byteLength]).toEqual([0, 0, 0])
  expect(memory.room(1).length).toBeGreaterThan(0)
})

it('asks for what files need, and for nothing twice', () => {
  const memory = keptBytes()
  const small = memory.room(1000)
  expect(small.length).toBeLessThan(2_000_000)
  expect(memory.room(1500)).toBe(small)
  const large = memory.room(5_000_001)
  expect(large.length).toBeGreaterThanOrEqual(5_000_001)
  expect(memory.room(10)).toBe(large)
  // Steps would stay with the process.
  expect(memory.room(128 * 1024 * 1024)).toBe(large)
  expect(small.length).toBe(0)
})
