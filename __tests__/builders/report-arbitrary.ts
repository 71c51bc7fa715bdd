import fc from 'fast-check'
import { FAILURE_CODES } from '../../src/errors.ts'
import { type Environment, type Report, type ReportedFinding, STAGES } from '../../src/report/report.ts'
import { makeReport } from './report.ts'

export type ReportSize = {
  readonly findings: number
  readonly cases: number
  readonly notChecked: number
}

/** Reports in which every text is `text`: of any shape that the schema allows, at most of that size. */
export function reportArbitrary(text: fc.Arbitrary<string>, size: ReportSize): fc.Arbitrary<Report> {
  const some = text.map((one) => one || 'x')
  const environment: fc.Arbitrary<Environment> = fc.record(
    {
      reference: some,
      digest: fc.constant(`sha256:${'a'.repeat(64)}`),
      os: fc.record({ id: text, versionId: text, prettyName: text, release: text }),
      libc: fc.record({ family: text, version: text }),
      tools: fc.dictionary(some, text, { maxKeys: 4 }),
      stage: some,
      source: fc.constantFrom('scanned', 'table'),
    },
    { requiredKeys: ['reference', 'tools', 'source'] },
  )
  const finding: fc.Arbitrary<ReportedFinding> = fc.record(
    {
      rule: fc.constantFrom('missing-library', 'symbol-version', 'smoke', 'handler'),
      level: fc.constantFrom('error', 'warning', 'note'),
      confidence: fc.constantFrom('proven', 'table', 'heuristic'),
      subject: some,
      owner: text.map((one) => `pkg:npm/${one}`),
      message: some,
      expected: text,
      actual: text,
      help: fc.tuple(text, text).map(([sentence, snippet]) => `${sentence}\n${snippet}`),
      count: fc.integer({ min: 1, max: 9 }),
      examples: fc.array(
        fc.oneof(
          text,
          fc.tuple(text, text).map(([a, b]) => `${a} -> ${b} (not found)`),
        ),
        { maxLength: 5 },
      ),
      location: fc.record({ file: some, line: fc.integer({ min: 1, max: 99 }) }),
      status: fc.constantFrom('new', 'fixed', 'unchanged'),
      ignored: some,
      confirmedBy: fc.array(some, { maxLength: 2 }),
      predictedBy: fc.array(some, { maxLength: 2 }),
      breaks: fc.array(some, { minLength: 1, maxLength: 2 }),
      refutedBy: fc.array(some, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ['rule', 'level', 'confidence', 'subject', 'message', 'help', 'count', 'examples'] },
  )
  const smokeCase = fc.record(
    {
      name: some,
      status: fc.constantFrom('passed', 'failed', 'skipped'),
      millis: fc.double({ min: 0, max: 1e6, noNaN: true }),
      initMillis: fc.double({ min: 0, max: 1e6, noNaN: true }),
      response: fc.oneof(text, fc.dictionary(text, text, { maxKeys: 3 })),
      error: fc.record({ type: some, message: some }),
      logTail: text,
    },
    { requiredKeys: ['name', 'status', 'millis'] },
  )
  const state = fc.record({ codeSha256: text, imageUri: some, state: some, lastUpdateStatus: some, version: some })
  const folders = fc.array(fc.record({ path: some, bytes: fc.nat() }), { maxLength: 8 })
  const sizes = fc.record({ compressed: fc.nat(), uncompressed: fc.nat() }, { requiredKeys: ['uncompressed'] })
  const members = fc.record(
    {
      verdict: fc.constantFrom('passed', 'warned', 'failed'),
      subject: fc.record({
        kind: fc.constantFrom('image', 'layer'),
        name: some,
        architecture: fc.constantFrom('x86_64', 'arm64'),
        platform: fc.constant('linux/amd64'),
        bytes: sizes,
        largestFolders: folders,
      }),
      environments: fc.record(
        { build: environment, runtime: environment, artifact: environment },
        { requiredKeys: [] },
      ),
      plan: fc.record({
        'fail-on': fc.record({ value: fc.constantFrom('error', 'warning', 'never'), source: fc.constant('input') }),
      }),
      findings: fc.array(finding, { maxLength: size.findings }),
      notChecked: fc.array(fc.record({ rule: some, reason: some }), { maxLength: size.notChecked }),
      smoke: fc.record(
        {
          status: fc.constantFrom('passed', 'failed', 'skipped'),
          reason: some,
          constraints: fc.dictionary(some, fc.record({ value: text, enforced: fc.boolean() }), { maxKeys: 3 }),
          cases: fc.array(smokeCase, { maxLength: size.cases }),
        },
        { requiredKeys: ['status', 'constraints', 'cases'] },
      ),
      stages: fc.tuple(
        ...STAGES.map((name) =>
          fc.record({
            name: fc.constant(name),
            status: fc.constantFrom('passed', 'failed', 'skipped'),
            seconds: fc.constant(1.25),
            detail: text,
          }),
        ),
      ),
      publication: fc.record({
        repositoryUri: some,
        digest: fc.constant(`sha256:${'b'.repeat(64)}`),
        mediaType: text,
        tags: fc.array(some, { maxLength: 3 }),
        reused: fc.boolean(),
      }),
      deployment: fc.record(
        {
          functionArn: some,
          before: state,
          after: state,
          waitedSeconds: fc.constant(2.5),
          polls: fc.nat(9),
          versionPublished: some,
          alias: fc.record({ name: some, from: some, to: some }),
        },
        { requiredKeys: ['functionArn', 'waitedSeconds', 'polls'] },
      ),
      failure: fc.record({
        stage: fc.constantFrom(...STAGES),
        code: fc.constantFrom(...FAILURE_CODES),
        message: some,
        help: text,
      }),
      baseline: fc.record(
        {
          source: fc.constantFrom('report', 'image', 'deployed'),
          reference: some,
          unread: some,
          version: some,
          createdAt: some,
          bytes: sizes,
          largestFolders: folders,
        },
        { requiredKeys: ['source', 'reference'] },
      ),
    },
    {
      requiredKeys: ['verdict', 'subject', 'environments', 'plan', 'findings', 'notChecked', 'smoke', 'stages'],
    },
  )
  const { publication: _, ...base } = makeReport()
  return members.map((made) => ({ ...base, ...made }) as Report)
}
