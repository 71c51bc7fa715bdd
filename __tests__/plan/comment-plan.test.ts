import { describe, expect, it } from 'vitest'
import { commentWithoutPlan } from '../../src/plan/comment-plan.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const PULL_REQUEST = { number: 7, isFork: false, headSha: 'a1b2', readOnlyToken: false }
const context = makeContext({ eventName: 'pull_request', pullRequest: PULL_REQUEST })
const of = (texts: InputTexts) => commentWithoutPlan(read({ 'github-token': 't', ...texts }), context)

describe('commentWithoutPlan', () => {
  it('comments on wrong inputs too, so that no earlier verdict stands on', () => {
    expect(of({ 'fail-on': 'errors' })).toEqual({ key: 'ci', pullRequest: 7, token: 't' })
  })

  it.each([
    [{ architecture: 'mips' }, '`architecture` is wrong'],
    [{ 'dry-run': 'yes' }, '`dry-run` is wrong'],
    [{ comment: 'false', timeout: '0' }, '`comment` is `false`'],
  ])('%j: no comment', (texts, reason) => {
    expect(of(texts)).toEqual({ skipped: expect.stringContaining(reason) })
  })
})
