import { expect, it } from 'vitest'
import { conceal } from '../../src/run/conceal.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const SECRET = 'error-of-hunter2'

it('takes a secret out of every text and leaves the words of the schema', () => {
  const report = makeReport({
    findings: [makeFinding({ message: `it printed ${SECRET}`, help: SECRET, examples: [SECRET] })],
    notChecked: [{ rule: 'handler', reason: `because of ${SECRET}` }],
    stages: [{ name: 'plan', status: 'passed', seconds: 0, detail: SECRET }],
    smoke: {
      status: 'failed',
      constraints: {},
      cases: [{ name: 'default', status: 'failed', millis: 1, response: { [SECRET]: [SECRET] }, logTail: SECRET }],
    },
    failure: { stage: 'plan', code: 'invalid-input', message: SECRET, help: SECRET },
  })
  const hidden = conceal(report, [SECRET, 'error'])
  expect(JSON.stringify(hidden)).not.toContain('hunter2')
  expect(hidden.findings[0]?.level).toBe(report.findings[0]?.level)
  expect(conceal(report, [])).toBe(report)
})
