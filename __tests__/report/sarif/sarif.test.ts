import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/report/report.ts'
import { sarifOf } from '../../../src/report/sarif/sarif.ts'
import { makeFinding, makeReport } from '../../builders/report.ts'

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
})
