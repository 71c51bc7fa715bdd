import { describe, expect, it } from 'vitest'
import { judgeAnswer } from '../../../src/deploy/verify/judge-answer.ts'
import type { FunctionAnswer } from '../../../src/ports/function-invocations.ts'
import type { SmokeCase } from '../../../src/report/report.ts'
import { hide } from '../../../src/smoke/disclosure.ts'

const local = (response: unknown): SmokeCase => ({ name: 'default', status: 'passed', millis: 1, response })
const answered = (payload: unknown, failed = false): FunctionAnswer => ({
  outcome: 'answered',
  payload: JSON.stringify(payload),
  failed,
  log: '',
})
const boom = answered({ errorType: 'Boom', errorMessage: 'RequestId: 0a-1b Error: no database', trace: ['at x'] }, true)
const none = hide([])

describe('without an expectation', () => {
  it('takes an answer that equals the local one', () => {
    expect(judgeAnswer({}, local({ a: 1, b: 2 }), answered({ b: 2, a: 1 }), none)).toEqual({ kind: 'as-local' })
    expect(judgeAnswer({}, local('plain text'), { ...answered(0), payload: 'plain text' }, none)).toEqual({
      kind: 'as-local',
    })
  })

  it('says where it differs', () => {
    expect(judgeAnswer({}, local({ version: '$LATEST' }), answered({ version: '1' }), none)).toEqual({
      kind: 'differs',
      lines: ['$.version: locally "$LATEST", deployed "1"'],
    })
    const many = judgeAnswer({}, local([1, 2, 3, 4, 5, 6, 7]), answered([]), none)
    expect(many).toMatchObject({ kind: 'differs', lines: { length: 6, 5: '… and more' } })
  })

  it('compares what is hidden as it is hidden, and shows it nowhere', () => {
    const hidden = hide(['hunter2'])
    expect(judgeAnswer({}, local({ key: '***' }), answered({ key: 'hunter2' }), hidden)).toEqual({ kind: 'as-local' })
    const other = judgeAnswer({}, local({ key: 'x' }), answered({ key: 'hunter2' }), hidden)
    expect(JSON.stringify(other)).not.toContain('hunter2')
  })

  it.each([undefined, { name: 'default', status: 'failed', millis: 1 } as const])(
    'asks for no more than no function error beside %j',
    (one) => {
      expect(judgeAnswer({}, one, answered(null), none)).toEqual({ kind: 'no-error' })
      expect(judgeAnswer({}, one, boom, none)).toEqual({ kind: 'function-error', lines: ['Boom: no database'] })
    },
  )

  it('quotes a function error that is no JSON', () => {
    const odd = { outcome: 'answered', payload: 'out of order', failed: true, log: '' } as const
    expect(judgeAnswer({}, local(1), odd, none)).toMatchObject({ lines: ['Unhandled: out of order'] })
  })
})

describe('with an expectation', () => {
  it('the expectation decides, not the local answer', () => {
    const one = { expect: { a: 1 } }
    expect(judgeAnswer(one, local({ a: 1, at: 'now' }), answered({ a: 1, at: 'then' }), none)).toEqual({
      kind: 'as-expected',
    })
    expect(judgeAnswer(one, local({ a: 1 }), answered({ a: 2 }), none)).toMatchObject({ kind: 'unexpected' })
    expect(judgeAnswer(one, local({ a: 1 }), boom, none)).toMatchObject({ kind: 'function-error' })
  })

  it('takes an error that is expected, by its type and by its members', () => {
    for (const expectError of ['Boom', { errorMessage: 'RequestId: 0a-1b Error: no database', errorType: 'Boom' }]) {
      expect(judgeAnswer({ expectError }, undefined, boom, none)).toEqual({ kind: 'as-expected' })
    }
    expect(judgeAnswer({ expectError: 'Other' }, undefined, boom, none)).toMatchObject({ kind: 'unexpected' })
    expect(judgeAnswer({ expectError: 'Boom' }, undefined, answered({}), none)).toMatchObject({ kind: 'unexpected' })
  })
})
