import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../src/smoke/classify.ts'
import { firstDifference, unmet } from '../../src/smoke/expectation.ts'

describe('firstDifference', () => {
  it.each([
    [{}, { a: 1 }],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2, d: 3 }], e: 4 } }],
    [null, null],
    ['x', 'x'],
    [[], []],
  ])('%j is met by %j', (expected, actual) => {
    expect(firstDifference(expected, actual, '$')).toBeUndefined()
  })

  it.each([
    [{ a: 1 }, { a: 2 }, '$.a: expected 1, got 2'],
    [{ a: 1 }, {}, '$.a: expected 1, but there is no such member'],
    [{ a: null }, {}, '$.a: expected null, but there is no such member'],
    [[1, 2], [1, 2, 3], '$: expected 2 elements, got 3'],
    [[1, { b: 2 }], [1, { b: 3 }], '$[1].b: expected 2, got 3'],
    [{ a: 1 }, [1], '$: expected {"a":1}, got [1]'],
    [[1], { 0: 1, length: 1 }, '$: expected [1], got {"0":1,"length":1}'],
    [1, '1', '$: expected 1, got "1"'],
    [{ constructor: 1 }, {}, '$.constructor: expected 1, but there is no such member'],
    [{ a: 1 }, null, '$: expected {"a":1}, got null'],
  ])('%j is not met by %j', (expected, actual, difference) => {
    expect(firstDifference(expected, actual, '$')).toBe(difference)
  })
})

describe('unmet', () => {
  const response: Verdict = { kind: 'response', response: { ok: true } }
  const error: Verdict = {
    kind: 'function-error',
    type: 'NotFound',
    message: 'no customer 7',
    payload: { errorType: 'NotFound', errorMessage: 'no customer 7' },
  }

  it('without expectation any answer will do, and no error', () => {
    expect(unmet({}, response)).toBeUndefined()
    expect(unmet({}, error)).toEqual({ type: 'NotFound', message: 'no customer 7' })
  })

  it('an error is not what an expected answer looks like', () => {
    expect(unmet({ expect: { errorType: 'NotFound' } }, error)).toMatchObject({ type: 'NotFound' })
  })

  it.each(['NotFound', { errorMessage: 'no customer 7' }])('the expected error %j', (expectError) => {
    expect(unmet({ expectError }, error)).toBeUndefined()
    expect(unmet({ expectError }, response)).toMatchObject({
      type: 'Expectation',
      message: expect.stringMatching(/got the answer/),
    })
  })

  it.each(['Other', { errorType: 'Other' }])('another error than the expected %j', (expectError) => {
    expect(unmet({ expectError }, error)).toMatchObject({
      type: 'Expectation',
      message: expect.stringMatching(/NotFound/),
    })
  })
})
