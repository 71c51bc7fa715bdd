import { expect, it } from 'vitest'
import type { SmokeReport } from '../../../src/report/report.ts'
import { mergeReports } from '../../../src/smoke/layer/merge-reports.ts'

const timeout = { timeout: { value: '30 s', enforced: true } }
const passed: SmokeReport = {
  status: 'passed',
  constraints: timeout,
  cases: [{ name: 'a', status: 'passed', millis: 1 }],
}
const failed: SmokeReport = {
  status: 'failed',
  reason: '1 of 1 files cannot be loaded',
  constraints: timeout,
  cases: [{ name: 'b', status: 'failed', millis: 1, error: { type: 'LoadError', message: 'no' } }],
}
const skipped: SmokeReport = { status: 'skipped', reason: 'no shell', constraints: {}, cases: [] }

it('fails with one, keeps every case and reason, and is skipped only when nothing ran', () => {
  expect(mergeReports([passed, failed])).toEqual({
    status: 'failed',
    reason: '1 of 1 files cannot be loaded',
    constraints: timeout,
    cases: [...passed.cases, ...failed.cases],
  })
  expect(mergeReports([skipped, passed])).toMatchObject({ status: 'passed', reason: 'no shell', constraints: timeout })
  expect(mergeReports([skipped, skipped])).toMatchObject({ status: 'skipped', reason: 'no shell; no shell', cases: [] })
  expect(mergeReports([passed])).toBe(passed)
})
