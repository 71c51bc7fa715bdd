import { expect, it } from 'vitest'
import { differences } from '../../../src/deploy/verify/differences.ts'

const lines = (local: unknown, deployed: unknown, most = 9) =>
  differences(local, deployed, most).map((one) => `${one.path} ${one.local} ${one.deployed}`)

it.each<[unknown, unknown]>([
  [
    { a: 1, b: [true, null] },
    { b: [true, null], a: 1 },
  ],
  ['text', 'text'],
  [null, null],
  [{}, {}],
])('finds none between %j and %j', (local, deployed) => {
  expect(lines(local, deployed)).toEqual([])
})

it.each<[unknown, unknown, string[]]>([
  [1, '1', ['$ 1 "1"']],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, ['$.a.b[1] 2 3']],
  [[1], [1, null], ['$[1] nothing null']],
  [{ a: 1 }, { b: 1 }, ['$.a 1 nothing', '$.b nothing 1']],
  [{}, [], ['$ {} []']],
  [null, {}, ['$ null {}']],
  [{}, { 'x-y\n': 1 }, ['$["x-y\\n"] nothing 1']],
  [{}, JSON.parse('{"__proto__": 1, "toString": 2}'), ['$.__proto__ nothing 1', '$.toString nothing 2']],
])('finds where %j and %j differ', (local, deployed, found) => {
  expect(lines(local, deployed)).toEqual(found)
})

it('finds no more than asked for, and shows no more than fits', () => {
  expect(lines([1, 2, 3], [4, 5, 6], 2)).toHaveLength(2)
  const [line = ''] = lines({ ['k'.repeat(5000)]: 'v'.repeat(5000) }, {})
  expect(line.length).toBeLessThan(320)
})
