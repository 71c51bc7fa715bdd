import { expect, it } from 'vitest'
import { isOlder } from '../../src/build/engine-version.ts'

it.each([
  ['20.10.9', '20.10.10', true],
  ['20.10.24+dfsg1', '20.10.10', false],
  ['28.5.2', '20.10.10', false],
  ['v0.9.1', '0.10.0', true],
  ['0.10', '0.10.0', false],
  ['0.29.1+ds1', '0.10.0', false],
  ['1.9', '1.46', true],
  ['dev', '20.10.10', false],
  ['', '1.46', false],
])('%s before %s: %s', (version, minimum, expected) => {
  expect(isOlder(version, minimum)).toBe(expected)
})
