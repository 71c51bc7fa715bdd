import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../../src/checks/catalogue.ts'
import type { Report } from '../../../src/report/report.ts'
import { sarifOf } from '../../../src/report/sarif/sarif.ts'
import { CONTROLS } from '../../builders/harmless-markdown.ts'
import { hostileText } from '../../builders/hostile.ts'
import { makeFinding, makeReport } from '../../builders/report.ts'
import { reportArbitrary } from '../../builders/report-arbitrary.ts'

type Result = {
  ruleId: string
  ruleIndex: number
  level: string
  message: { text: string }
  locations: { physicalLocation?: { artifactLocation: object; region: object } }[]
  partialFingerprints: Record<string, string>
  suppressions: object[]
  baselineState?: string
}
type Rule = {
  id: string
  helpUri: string
  help: { text: string; markdown: string }
  shortDescription: { text: string }
}
type Run = {
  tool: { driver: { rules: Rule[] } }
  automationDetails: { id: string }
  invocations: [{ executionSuccessful: boolean; toolExecutionNotifications: { message: { text: string } }[] }]
  results: Result[]
}

// As published by OASIS, out of the package @microsoft/sarif-multitool-linux 5.7.0.
const schema = JSON.parse(readFileSync(new URL('./fixtures/sarif-2.1.0.json', import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

const REPOSITORY = { workspace: '/home/runner/shop', workflowFile: '.github/workflows/ci.yml' }
const located = makeFinding({ location: { file: 'app/Docker file', line: 9 } })

function runOf(overrides: Partial<Report>, repository = REPOSITORY): Run {
  const log = sarifOf(makeReport(overrides), repository)
  validate(JSON.parse(JSON.stringify(log)))
  expect(validate.errors).toBeNull()
  return (log as { runs: [Run] }).runs[0]
}

describe('report.sarif', () => {
  it('holds a finding at its line, with its rule’s page', () => {
    const { results, tool, automationDetails } = runOf({ findings: [located] })
    expect(results[0]).toMatchObject({ ruleId: 'symbol-version', ruleIndex: 0, level: 'error', suppressions: [] })
    expect(results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'app/Docker%20file', uriBaseId: '%SRCROOT%' },
      region: { startLine: 9 },
    })
    expect(results[0]?.message.text).toMatch(/needs `GLIBC_2.38`[\s\S]*Fix: Build in the image/)
    expect(tool.driver.rules[0]).toMatchObject({ id: 'symbol-version' })
    expect(tool.driver.rules[0]?.helpUri).toMatch(/\/docs\/rules\/symbol-version\.md$/)
    expect(automationDetails.id).toBe('lambda-parity/image/get-customer/x86_64/')
    expect(JSON.stringify(tool)).not.toContain('security-severity')
  })

  it.each([
    [{ plan: { file: { value: 'app/Dockerfile', source: 'input' } } }, 'app/Dockerfile'],
    [{ plan: { context: { value: 'app', source: 'input' } } }, 'app/Dockerfile'],
    [{ plan: { template: { value: 'template.yaml', source: 'input' } } }, 'template.yaml'],
    [{ plan: { image: { value: 'repo:tag', source: 'input' } } }, '.github/workflows/ci.yml'],
  ] as const)('falls back to the file that the run was given: %j', (overrides, uri) => {
    const [result] = runOf({ findings: [makeFinding()], ...overrides }).results
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri },
      region: { startLine: 1 },
    })
  })

  it('recognises a problem again whatever line, words or order it has', () => {
    const moved = makeFinding({ location: { file: 'app/Dockerfile', line: 30 }, message: 'said otherwise', count: 3 })
    const other = makeFinding({ subject: '/var/task/other.node' })
    const prints = (...findings: ReturnType<typeof makeFinding>[]) =>
      runOf({ findings }).results.map((result) => result.partialFingerprints.primaryLocationLineHash)
    const [print] = prints(located)
    expect(print).toMatch(/^[0-9a-f]{16}:1$/)
    expect(prints(other, moved)[1]).toBe(print)
    expect(prints(other)[0]).not.toBe(print)
  })

  it('suppresses what is ignored, marks what is new, leaves out what is fixed', () => {
    const findings = [
      makeFinding({ ignored: 'known [since](https://x)', subject: '/a' }),
      makeFinding({ status: 'new', subject: '/b' }),
      makeFinding({ status: 'fixed', subject: '/c' }),
    ]
    const { results } = runOf({ findings })
    expect(results.map((result) => [result.suppressions, result.baselineState])).toEqual([
      [[{ kind: 'external', status: 'accepted', justification: 'known \\[since\\](https://x)' }], undefined],
      [[], 'new'],
    ])
  })

  it('says what was not checked and that a run did not come to its end', () => {
    const failure = { stage: 'build', code: 'build-failed', message: 'no', help: '' } as const
    const [invocation] = runOf({ notChecked: [{ rule: 'package-drift', reason: 'no database' }], failure }).invocations
    expect(invocation.executionSuccessful).toBe(false)
    expect(invocation.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
      'Not checked: no database',
      'build failed: no',
    ])
  })

  it('has no text that is a link or a control sequence', () => {
    const message = 'see [this](https://evil.example) \u001b[31m\u202e<!-- x'
    const text = runOf({ findings: [makeFinding({ message })] }).results[0]?.message.text
    expect(text).toContain('see \\[this\\](https://evil.example)')
    expect(['\u001b', '\u202e', '<!--'].filter((hostile) => text?.includes(hostile))).toEqual([])
  })

  it('keeps within what code scanning takes', () => {
    const findings = Array.from({ length: 6_000 }, (_, index) => makeFinding({ subject: `/var/task/${index}` }))
    const { results, tool } = runOf({ findings })
    expect(results).toHaveLength(5_000)
    expect(tool.driver.rules).toHaveLength(1)
    expect(
      tool.driver.rules.every(({ shortDescription, help }) => shortDescription.text.length <= 1024 && help.markdown),
    ).toBe(true)
  })

  it('tells findings of one rule and subject apart, in every run alike', () => {
    const twice = [located, makeFinding({ message: 'another', location: { file: 'app/Dockerfile', line: 2 } })]
    const prints = () =>
      runOf({ findings: twice }).results.map((one) => one.partialFingerprints.primaryLocationLineHash)
    expect(new Set(prints().map((print) => print?.slice(0, 16))).size).toBe(1)
    expect(prints().map((print) => print?.slice(16))).toEqual([':1', ':2'])
    expect(prints()).toEqual(prints())
  })

  it('keeps to the documented limits of code scanning', () => {
    const findings = Array.from({ length: 40 }, (_, index) => makeFinding({ rule: `rule-${index}` }))
    const log = sarifOf(
      makeReport({ findings: [...findings, ...CATALOGUE.map(({ id }) => makeFinding({ rule: id }))] }),
      REPOSITORY,
    )
    const { runs } = log as {
      runs: {
        tool: {
          driver: {
            rules: (Rule & { name: string; fullDescription: { text: string }; properties: { tags: string[] } })[]
          }
        }
        results: Result[]
      }[]
    }
    expect(runs).toHaveLength(1)
    for (const rule of runs[0]?.tool.driver.rules ?? []) {
      expect(rule.name.length).toBeLessThanOrEqual(255)
      expect(rule.shortDescription.text.length).toBeLessThanOrEqual(1_024)
      expect(rule.fullDescription.text.length).toBeLessThanOrEqual(1_024)
      expect(rule.properties.tags.length).toBeLessThanOrEqual(10)
      expect(rule.helpUri).toMatch(/^https:\/\//)
    }
    for (const result of runs[0]?.results ?? []) expect(result.locations).toHaveLength(1)
  })

  it('is below 10 MB after gzip, whatever it is about, and says how much is left out', () => {
    const noise = () => randomBytes(3_000).toString('base64')
    const findings = Array.from({ length: 5_000 }, (_, index) =>
      makeFinding({ level: index < 10 ? 'error' : 'note', subject: noise(), message: noise(), help: noise() }),
    )
    const log = sarifOf(makeReport({ findings }), REPOSITORY)
    expect(gzipSync(JSON.stringify(log, null, 2), { level: 1 }).length).toBeLessThan(10_000_000)
    const [run] = (log as { runs: [Run] }).runs
    expect(run.results.slice(0, 10).every(({ level }) => level === 'error')).toBe(true)
    expect(run.results.length).toBeGreaterThan(500)
    expect(run.invocations[0].toolExecutionNotifications.at(-1)?.message.text).toBe(
      `${5_000 - run.results.length} more findings stand in report.json.`,
    )
  })

  it('is valid, without links and control codes, whatever names it holds', () => {
    fc.assert(
      fc.property(reportArbitrary(hostileText(), { findings: 5, cases: 1, notChecked: 2 }), (report) => {
        const { results, invocations } = runOf(report)
        const texts = [...results, ...invocations[0].toolExecutionNotifications].map(({ message }) => message.text)
        for (const text of texts) {
          expect(text.replaceAll('\n', '')).not.toMatch(CONTROLS)
          expect(text.replace(/\\[\\[\]]/g, '')).not.toMatch(/[[\]]/)
        }
        for (const { locations } of results) {
          const uri = (locations[0]?.physicalLocation?.artifactLocation as { uri: string } | undefined)?.uri ?? ''
          expect(uri).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)|^\w+:|[\\\s]/)
        }
      }),
      { numRuns: 100 },
    )
  })
})
