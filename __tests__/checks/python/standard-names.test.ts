import { expect, it } from 'vitest'
import { lackedName } from '../../../src/checks/python/standard-names.ts'

it.each([
  ['typing', 'Self', 10, { made: 'newer', minor: 11 }],
  ['typing', 'Self', 11, undefined],
  ['typing', 'List', 9, undefined],
  ['collections', 'Mapping', 11, { made: 'older', minor: 9 }],
  // Names that every object of JavaScript has are no modules.
  ['constructor', 'x', 11, undefined],
  ['typing', 'constructor', 11, undefined],
])('knows what Python lacks: from %s import %s in 3.%i', (module, name, minor, expected) => {
  expect(lackedName(module, name, minor)).toEqual(expected)
})
