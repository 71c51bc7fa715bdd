import { expect, test } from 'vitest'
import { outcome } from './comparison.ts'

const whole = { tried: 4, failed: 0 }
const half = { tried: 4, failed: 2 }
const most = { tried: 4, failed: 3 }

test.each([
  ['fails', 'an error', 'agree'],
  ['fails', 'a warning', 'missed'],
  ['fails', 'nothing', 'missed'],
  ['lazy', 'a warning', 'agree'],
  ['lazy', 'nothing', 'missed'],
  ['lazy', 'an error', 'false'],
  ['works', 'nothing', 'agree'],
  ['works', 'a warning', 'agree'],
  ['works', 'an error', 'false'],
] as const)('an install that %s and about which we say %s: %s', (verdict, said, expected) => {
  expect(outcome({ verdict }, said === 'an error', said === 'a warning')).toBe(expected)
})

test.each(['lazy', 'works'] as const)(
  'an error is right where most parts of a package fail to be imported: %s',
  (verdict) => {
    expect(outcome({ verdict, partsOf: { yes: whole, no: most } }, true, false)).toBe('agree')
    expect(outcome({ verdict, partsOf: { yes: whole, no: half } }, true, false)).toBe('false')
  },
)
