import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Baseline } from '../../src/baseline/baseline.ts'
import { compareFindings } from '../../src/baseline/compare-findings.ts'
import type { ReportedFinding } from '../../src/report/report.ts'
import { makeFinding } from '../builders/report.ts'

function baselineWith(findings: readonly ReportedFinding[], overrides: Partial<Baseline> = {}): Baseline {
  const reported = { source: 'report', reference: 'old.json' } as const
  return { findings, notChecked: [], cases: [], silent: new Set(), environments: {}, reported, ...overrides }
}

const nothingElse = { notChecked: [], smoke: { cases: [] } }
const statuses = (findings: readonly ReportedFinding[]) =>
  findings.map(({ subject, status }) => `${subject} ${status ?? '–'}`)

describe('compareFindings', () => {
  it('tells new, unchanged and fixed ones apart', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((subject) => makeFinding({ subject }))
    const compared = compareFindings(
      { findings: [a, b] as ReportedFinding[], ...nothingElse },
      baselineWith([b, c] as ReportedFinding[]),
    )
    expect(statuses(compared)).toEqual(['a new', 'b unchanged', 'c fixed'])
  })

  it('knows a package again whose files have moved, and prefers the one that has not', () => {
    const owner = 'pkg:npm/sharp'
    const now = [makeFinding({ subject: '/v2/sharp.node', owner }), makeFinding({ subject: '/same.node', owner })]
    const before = [makeFinding({ subject: '/same.node', owner }), makeFinding({ subject: '/v1/sharp.node', owner })]
    const compared = compareFindings({ findings: now, ...nothingElse }, baselineWith(before))
    expect(statuses(compared)).toEqual(['/v2/sharp.node unchanged', '/same.node unchanged'])
  })

  it('takes the same subject of another rule for another finding', () => {
    const compared = compareFindings(
      { findings: [makeFinding({ rule: 'handler' })], ...nothingElse },
      baselineWith([makeFinding({ rule: 'entrypoint' })]),
    )
    expect(compared.map(({ rule, status }) => `${rule} ${status}`)).toEqual(['handler new', 'entrypoint fixed'])
  })

  it('claims nothing where the run or the baseline did not look', () => {
    const notChecked = [{ rule: 'symbol-version', reason: 'no libc' }]
    const gone = compareFindings({ findings: [], ...nothingElse, notChecked }, baselineWith([makeFinding()]))
    expect(gone).toEqual([])
    const open = compareFindings({ findings: [makeFinding()], ...nothingElse }, baselineWith([], { notChecked }))
    expect(open[0]).not.toHaveProperty('status')
    const silent = new Set(['symbol-version'])
    const asked = compareFindings({ findings: [makeFinding()], ...nothingElse }, baselineWith([], { silent }))
    expect(asked[0]).not.toHaveProperty('status')
  })

  it('compares what the same open question stands beside on both sides', () => {
    const notChecked = [{ rule: 'symbol-version', reason: 'one file cannot be read' }]
    const compared = compareFindings(
      { findings: [], ...nothingElse, notChecked },
      baselineWith([makeFinding()], { notChecked }),
    )
    expect(statuses(compared)).toEqual([`${makeFinding().subject} fixed`])
  })

  it('takes a smoke case for fixed only when it ran again', () => {
    const before = baselineWith(
      ['default', 'gone'].map((subject) => makeFinding({ rule: 'smoke', subject })),
      { cases: ['default', 'gone'] },
    )
    const smoke = { cases: [{ name: 'default', status: 'passed', millis: 1 }] } as const
    expect(statuses(compareFindings({ findings: [], notChecked: [], smoke }, before))).toEqual(['default fixed'])
    expect(compareFindings({ findings: [], ...nothingElse }, before)).toEqual([])
  })

  it('accounts for every finding once, whatever the two sides hold', () => {
    const finding = fc
      .record({
        rule: fc.constantFrom('a', 'b'),
        subject: fc.constantFrom('x', 'y', 'z'),
        owner: fc.constantFrom('pkg:npm/p', undefined),
      })
      .map(({ owner, ...rest }) => makeFinding({ ...rest, ...(owner === undefined ? {} : { owner }) }))
    const side = fc.array(finding, { maxLength: 12 })
    fc.assert(
      fc.property(side, side, (now, before) => {
        const compared = compareFindings({ findings: now, ...nothingElse }, baselineWith(before))
        const count = (status: string) => compared.filter((one) => one.status === status).length
        expect(count('new') + count('unchanged')).toBe(now.length)
        expect(count('fixed') + count('unchanged')).toBe(before.length)
        expect(compared.slice(0, now.length).map(({ subject }) => subject)).toEqual(now.map(({ subject }) => subject))
        const mirrored = compareFindings({ findings: before, ...nothingElse }, baselineWith(now))
        expect(mirrored.filter((one) => one.status === 'new')).toHaveLength(count('fixed'))
      }),
    )
  })
})
