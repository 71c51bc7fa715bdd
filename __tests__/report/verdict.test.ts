import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../src/errors.ts'
import { headline } from '../../src/report/headline.ts'
import type { Outcome, StageName } from '../../src/report/report.ts'
import { parityStatus, verdict } from '../../src/report/verdict.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const checked: Outcome = { name: 'check', status: 'passed', seconds: 0, detail: '' }

describe('verdict', () => {
  it.each([
    ['passed', [checked], []],
    ['passed', [checked], [makeFinding({ level: 'note' })]],
    ['passed', [checked], [makeFinding({ level: 'error', ignored: 'known' })]],
    ['passed', [checked], [makeFinding({ level: 'error', status: 'fixed' })]],
    ['warned', [checked], [makeFinding({ level: 'warning' })]],
    ['warned', [checked], [makeFinding({ level: 'error' })]],
    ['warned', [{ ...checked, status: 'skipped' } as Outcome], []],
    ['failed', [{ ...checked, status: 'failed' } as Outcome], []],
  ] as const)('%s', (expected, stages, findings) => expect(verdict(stages, findings)).toBe(expected))
})

describe('parityStatus', () => {
  it.each([
    ['not-checked', [], []],
    ['not-checked', [{ ...checked, status: 'skipped' } as Outcome], []],
    ['passed', [checked], [makeFinding({ rule: 'smoke' })]],
    ['warned', [checked], [makeFinding({ level: 'warning' })]],
    ['failed', [checked], [makeFinding()]],
  ] as const)('%s', (expected, stages, findings) => expect(parityStatus(stages, findings)).toBe(expected))
})

describe('headline', () => {
  const ended = (stage: StageName, code: FailureCode) => ({ stage, code, message: 'no', help: '' })
  const smoke = makeFinding({ rule: 'smoke' })
  it.each([
    ['✅', 'answers under the constraints of Lambda', makeReport()],
    ['❌', 'failed 1 smoke case', makeReport({ verdict: 'failed', findings: [smoke] })],
    ['⚠️', 'failed 1 smoke case', makeReport({ verdict: 'warned', findings: [smoke] })],
    ['❌', 'will not run on Lambda: 2 errors', makeReport({ verdict: 'failed', findings: [smoke, makeFinding()] })],
    [
      '✅',
      'greeting (x86_64) will load on Lambda: it loads under',
      makeReport({ subject: { ...makeReport().subject, kind: 'layer', name: 'greeting' } }),
    ],
    [
      '❌',
      'was not checked: no usable Docker engine',
      makeReport({ verdict: 'failed', stages: [], failure: ended('build', 'docker-unavailable') }),
    ],
    [
      '❌',
      'get-customer (x86_64): deployed, and it answers otherwise there',
      makeReport({ verdict: 'failed', stages: [checked], failure: ended('verify', 'verify-mismatch') }),
    ],
    [
      '❌',
      'was stopped by 1 warning',
      makeReport({ verdict: 'failed', findings: [makeFinding({ level: 'warning' })] }),
    ],
  ])('%s %s', (icon, words, report) => {
    expect(headline(report)).toMatchObject({ icon, text: expect.stringContaining(words) })
  })
})
