import { expect, it } from 'vitest'
import type { Level } from '../../src/checks/check.ts'
import { gate } from '../../src/checks/gate.ts'
import type { FailOn } from '../../src/report/report.ts'
import { makeFinding } from '../builders/report.ts'

const findings = (['note', 'warning', 'error'] as const).map((level) => makeFinding({ level }))

it.each<[failOn: FailOn, stops: readonly Level[]]>([
  ['never', []],
  ['warning', ['warning', 'error']],
  ['error', ['error']],
])('fail-on %s stops for %j', (failOn, stops) => {
  expect(gate(findings, failOn).map(({ level }) => level)).toEqual(stops)
})

it('lets ignored findings through', () => {
  expect(gate([makeFinding({ level: 'error', ignored: 'known' })], 'warning')).toEqual([])
})

it('lets findings through that are fixed since the baseline', () => {
  expect(gate([makeFinding({ level: 'error', status: 'fixed' })], 'warning')).toEqual([])
  expect(gate([makeFinding({ level: 'error', status: 'unchanged' })], 'error')).toHaveLength(1)
})
