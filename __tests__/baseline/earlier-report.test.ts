import { describe, expect, it } from 'vitest'
import type { RunSubject } from '../../src/baseline/another-subject.ts'
import { baselineOfReport } from '../../src/baseline/baseline.ts'
import { readEarlierReport } from '../../src/baseline/earlier-report.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const full = makeReport({
  findings: [makeFinding({ location: { file: 'Dockerfile', line: 3 }, confirmedBy: ['default'] })],
  notChecked: [{ rule: 'handler', reason: 'x' }],
})

const RUN: RunSubject = { name: 'get-customer', architecture: 'x86_64', table: {} }
const named = { repository: { value: 'x', source: 'input' } } as const

function baselineOf(report: object, run = RUN) {
  const read = readEarlierReport(JSON.stringify(report))
  if ('complaint' in read) throw new Error(read.complaint)
  const baseline = baselineOfReport('old.json', read.report, run)
  if ('unread' in baseline) throw new Error(baseline.unread)
  return baseline
}

describe('readEarlierReport', () => {
  it('reads what this version writes, and leaves behind what speaks of that run alone', () => {
    const baseline = baselineOf(full)
    expect(baseline.findings[0]).not.toHaveProperty('location')
    expect(baseline.findings[0]).not.toHaveProperty('confirmedBy')
    expect(baseline).toMatchObject({ cases: ['default'], notChecked: full.notChecked })
    expect(baseline.reported).toMatchObject({ source: 'report', createdAt: full.createdAt, bytes: full.subject.bytes })
  })

  it('passes over members that a later version of the schema adds', () => {
    expect(readEarlierReport(JSON.stringify({ ...full, added: { later: true } }))).toHaveProperty('report')
  })

  it.each([
    ['{', 'no JSON'],
    ['null', 'no report.json'],
    ['[]', 'no report.json'],
    [JSON.stringify({ version: '2.1.0', runs: [] }), 'no report.json'],
    [JSON.stringify(full).slice(0, -40), 'no JSON'],
    [JSON.stringify({ ...full, schema: 2 }), 'newer version'],
    [JSON.stringify({ ...full, schema: '1' }), 'no report.json'],
    [JSON.stringify({ ...full, findings: [{ ...makeFinding(), level: 'fatal' }] }), '`findings.0.level`'],
    [JSON.stringify({ ...full, findings: [{ ...makeFinding(), owner: 'sharp' }] }), '`findings.0.owner`'],
  ])('says of %.40s… what it is not', (text, words) => {
    expect(readEarlierReport(text)).toMatchObject({ complaint: expect.stringContaining(words) })
  })
})

describe('baselineOfReport', () => {
  it('has nothing to compare when the checks of that run were never reached', () => {
    const read = readEarlierReport(
      JSON.stringify({ ...full, stages: [{ name: 'build', status: 'failed', seconds: 1, detail: 'x' }] }),
    )
    if ('complaint' in read) throw new Error(read.complaint)
    expect(baselineOfReport('old.json', read.report, RUN)).toEqual({
      unread: 'its own run ended at build before anything was checked',
    })
  })

  it('is not compared with another architecture', () => {
    expect(() => baselineOf(full, { ...RUN, architecture: 'arm64' })).toThrow(
      'it is the report of x86_64, and this run is about arm64',
    )
  })

  it('is not compared with another subject, where both runs were given its name', () => {
    const [earlier, run] = [
      { ...full, plan: named },
      { ...RUN, name: 'send-mail', table: named },
    ]
    expect(() => baselineOf(earlier, run)).toThrow('the report of `get-customer`, and this run is about `send-mail`')
    expect(baselineOf({ ...full, plan: {} }, run).reported.name).toBe('get-customer')
    expect(baselineOf(earlier, { ...run, table: {} }).reported.name).toBe('get-customer')
  })

  it('does not take up again what that run called fixed', () => {
    expect(baselineOf({ ...full, findings: [makeFinding({ status: 'fixed' })] }).findings).toEqual([])
    expect(baselineOf({ ...full, findings: [makeFinding({ status: 'new' })] }).findings[0]).not.toHaveProperty('status')
  })
})
