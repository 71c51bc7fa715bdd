import { expect, it } from 'vitest'
import { overTime } from '../../src/smoke/time-limit.ts'

it.each([
  ['a slow init with a quick handler', 9_500, 9_000, 3],
  ['a handler just in time', 12_000, 9_000, 3],
  ['an init over 10 s that fits into the timeout', 14_000, 12_000, 15],
])('%s is in time', (_, millis, initMillis, timeout) => {
  expect(overTime({ millis, initMillis }, timeout)).toBeUndefined()
})

it.each([
  ['a slow handler after a quick init', 3_300, 200, 3, /the handler took 3\.1 s/],
  ['an init over 10 s counts like the handler', 12_500, 12_000, 3, /init \(12\.0 s/],
  ['a slow handler without a known init', 3_300, undefined, 3, /the handler took 3\.3 s/],
])('%s is late', (_, millis, initMillis, timeout, said) => {
  expect(overTime({ millis, ...(initMillis === undefined ? {} : { initMillis }) }, timeout)).toMatch(said)
})
