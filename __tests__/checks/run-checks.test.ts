import { describe, expect, it } from 'vitest'
import type { Check, Finding } from '../../src/checks/check.ts'
import { runChecks } from '../../src/checks/run-checks.ts'
import { makeFinding } from '../builders/report.ts'
import { makeSubject } from '../builders/subject.ts'

const subject = makeSubject()

function rule(id: string, run: Check['run'], applies = true): Check {
  return { id, title: id, appliesTo: () => applies, run }
}

function finds(...findings: Finding[]): Check {
  return rule(findings[0]?.rule ?? 'none', () => ({ findings }))
}

describe('runChecks', () => {
  it('passes the image that the builders make', () => {
    // What needs dates, packages or a history stays open: such evidence holds none.
    expect(runChecks(subject)).toMatchObject({ findings: [], defects: [] })
  })

  it('puts errors first, then rules and subjects in order', () => {
    const note = makeFinding({ rule: 'a', level: 'note' })
    const later = makeFinding({ rule: 'z', subject: '/1' })
    const first = makeFinding({ rule: 'b', subject: '/2' })
    const second = makeFinding({ rule: 'b', subject: '/3' })
    expect(runChecks(subject, [finds(note), finds(later), finds(second, first)]).findings).toEqual([
      first,
      second,
      later,
      note,
    ])
  })

  it('keeps to itself what rules say for each other', () => {
    const finding = makeFinding()
    const { grounds: _, ...plain } = finding
    const grounded = rule('a', () => ({ findings: [{ ...plain, grounds: { fault: 'mode' } }] }))
    expect(runChecks(subject, [grounded]).findings).toStrictEqual([finding])
  })

  it('says what a rule could not tell, and asks no rule that does not apply', () => {
    const checks = [
      rule('open', () => ({ findings: [], notChecked: 'no data' })),
      rule('other', () => ({ findings: [makeFinding()] }), false),
    ]
    expect(runChecks(subject, checks)).toEqual({
      findings: [],
      notChecked: [{ rule: 'open', reason: 'no data' }],
      defects: [],
    })
  })

  it('does not count a rule that throws as passed, and keeps the others', () => {
    const error = new TypeError('x is not a function')
    const finding = makeFinding()
    const result = runChecks(subject, [
      rule('broken', () => {
        throw error
      }),
      finds(finding),
    ])
    expect(result.findings).toEqual([finding])
    expect(result.notChecked).toEqual([{ rule: 'broken', reason: expect.stringContaining('x is not a function') }])
    expect(result.defects).toEqual([{ rule: 'broken', error }])
  })
})
