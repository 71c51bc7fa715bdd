import { expect, it } from 'vitest'
import type { SmokeCase } from '../../src/report/report.ts'
import { defaultTimeoutNotes } from '../../src/smoke/default-timeout.ts'

const notes = (one: Partial<SmokeCase>) =>
  defaultTimeoutNotes({
    status: 'passed',
    constraints: {},
    cases: [{ name: 'default', status: 'passed', millis: 0, ...one }],
  })

it('notes a case that is slower than the 3 seconds which Lambda gives without a Timeout', () => {
  expect(notes({ millis: 4200 })).toMatchObject([
    { rule: 'smoke', level: 'note', subject: 'default', actual: '4.2 s', expected: 'at most 3 s' },
  ])
})

it('notes nothing of one that is within them, its init apart', () => {
  expect(notes({ millis: 2900 })).toEqual([])
  expect(notes({ millis: 4200, initMillis: 2000 })).toEqual([])
})
