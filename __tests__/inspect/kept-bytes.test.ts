import { expect, it } from 'vitest'
import { keptBytes, releaseBytes } from '../../src/inspect/kept-bytes.ts'

it('gives its memory back, and that of whoever looks into it', () => {
  const buffer = keptBytes()
  const window = buffer.subarray(10, 20)
  releaseBytes(buffer)
  expect([buffer.length, window.length, buffer.buffer.byteLength]).toEqual([0, 0, 0])
})
