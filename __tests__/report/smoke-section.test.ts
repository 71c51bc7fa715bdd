import { expect, it } from 'vitest'
import type { Report, SmokeCase } from '../../src/report/report.ts'
import { smokeSection } from '../../src/report/smoke-section.ts'

const passed = (count: number): readonly SmokeCase[] =>
  Array.from({ length: count }, (_, index) => ({ name: `require p${index}`, status: 'passed', millis: 5 }))
const failed: SmokeCase = { name: 'require bad', status: 'failed', millis: 7, error: { type: 'Error', message: 'no' } }
const over: SmokeCase = { ...failed, name: 'require part', status: 'skipped' }

const section = (status: 'passed' | 'failed', cases: readonly SmokeCase[]) =>
  smokeSection({ smoke: { status, constraints: {}, cases }, findings: [] } as unknown as Report)

it('gives few cases a row each', () => {
  expect(section('passed', passed(3)).match(/\| ✅ \|/g)).toHaveLength(3)
})

it('gives only those a row that did not pass when there are many', () => {
  const text = section('failed', [...passed(40), failed])
  expect(text.match(/^\| require/gm)).toEqual(['| require'])
  expect(text).toContain('<summary>40 passed</summary>')
  expect(text).toContain('`require p39`')
})

it('counts what was passed over as not passed, and says why', () => {
  const text = section('passed', [...passed(2), over])
  expect(text).toContain('2 of 3 passed')
  expect(text).toContain('1 passed over')
  expect(text).toContain('➖ `require part` is passed over: no')
})
