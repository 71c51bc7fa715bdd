import { describe, expect, it } from 'vitest'
import { planLines } from '../../src/plan/lines.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { partialPlanTable } from '../../src/plan/table.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const plan = (texts: InputTexts) => makePlan(read(texts).inputs, makeContext(), { credentials: 'none', warnings: [] })

describe('plan table', () => {
  it('holds every resolved input with its source, also of stages that are off', () => {
    const { table } = plan({ smoke: 'false', timeout: '5', tags: 'a,b' })
    expect(table).toEqual({
      kind: { value: 'image', source: 'default' },
      architecture: { value: 'x86_64', source: 'default' },
      context: { value: '.', source: 'default' },
      file: { value: 'Dockerfile', source: 'default' },
      pull: { value: false, source: 'default' },
      'no-cache': { value: false, source: 'default' },
      'fail-on': { value: 'error', source: 'default' },
      smoke: { value: false, source: 'input' },
      'smoke-event': { value: '{}', source: 'default' },
      'memory-size': { value: 128, source: 'default' },
      timeout: { value: 5, source: 'input' },
      'ephemeral-storage': { value: 512, source: 'default' },
      'smoke-network': { value: 'none', source: 'default' },
      publish: { value: 'auto', source: 'default' },
      'create-repository': { value: false, source: 'default' },
      tags: { value: ['a', 'b'], source: 'input' },
      'publish-version': { value: false, source: 'default' },
      'wait-timeout': { value: 600, source: 'default' },
      'verify-invoke': { value: false, source: 'default' },
      'dry-run': { value: false, source: 'default' },
      'aws-region': { value: 'eu-west-1', source: 'default' },
      comment: { value: true, source: 'default' },
      'comment-key': { value: 'ci', source: 'default' },
      'report-dir': { value: '/runner/temp/lambda-parity/parity', source: 'default' },
    })
  })

  it('shows names instead of what nobody may read', () => {
    const { table } = plan({
      secrets: 'npm=HUSH',
      'smoke-env': 'API_KEY=HUSH',
      'github-token': 'HUSH',
      'build-args': 'VERSION=22',
      ignore: 'handler # later',
      runtime: 'nodejs22.x',
    })
    expect(JSON.stringify(table)).not.toContain('HUSH')
    expect(table).toMatchObject({
      secrets: { value: ['npm'], source: 'input' },
      'smoke-env': { value: ['API_KEY'], source: 'input' },
      'build-args': { value: { VERSION: '22' }, source: 'input' },
      ignore: { value: ['handler # later'], source: 'input' },
      runtime: { value: 'nodejs22.x', source: 'input' },
    })
    expect(table).not.toHaveProperty('github-token')
  })

  it('says what came from the function', () => {
    const { table } = makePlan(read({ 'function-name': 'f', repository: 'app', timeout: '9' }).inputs, makeContext(), {
      credentials: 'found',
      function: {
        functionArn: 'a',
        packageType: 'Image',
        architectures: ['x86_64'],
        version: '1',
        memorySize: 512,
        timeout: 3,
      },
      warnings: [],
    })
    expect(table).toMatchObject({
      'memory-size': { value: 512, source: 'function' },
      timeout: { value: 9, source: 'input' },
    })
  })

  it.each<[string, InputTexts, number]>([
    ['all classes of a layer’s jars are loaded', {}, 512],
    ['a handler uses the few that it needs', { 'smoke-handler': 'target/classes/example.Handler' }, 128],
    ['packages of Python are imported', { runtime: 'python3.13' }, 128],
    ['somebody says it', { 'memory-size': '256' }, 256],
  ])('says the memory in which %s, as the smoke has it', (_, more, memory) => {
    const inputs = { kind: 'layer', runtime: 'java21', 'layer-path': 'layer', ...more }
    const { table, smoke } = plan(inputs)
    expect([table['memory-size']?.value, smoke]).toMatchObject([memory, { memorySize: memory }])
  })

  it('is there also when inputs are wrong, without them', () => {
    const table = partialPlanTable(read({ timeout: 'x', 'fail-on': 'x', repository: 'app' }), makeContext())
    expect(table).toMatchObject({ repository: { value: 'app', source: 'input' }, publish: { value: 'auto' } })
    expect(Object.keys(table)).not.toContain('timeout')
    expect(Object.keys(table)).not.toContain('fail-on')
  })
})

describe('planLines', () => {
  it('aligns inputs, then says what will happen and what will not', () => {
    const lines = planLines(plan({ repository: 'app', 'build-args': 'A=1' }))
    expect(lines[0]).toMatch(/^ {2}input +value +source$/)
    expect(lines).toContain('  architecture       x86_64                             default')
    expect(lines).toContain('  build-args         {"A":"1"}                          input')
    expect(lines.slice(lines.indexOf('Will happen'))).toEqual([
      'Will happen',
      '  build   Dockerfile in . for linux/amd64',
      '  check   against the base that the image shows, findings from error up stop the run',
      '  smoke   1 case, 128 MB, 30 s',
      '  report  /runner/temp/lambda-parity/parity',
      '',
      'Will not happen',
      '  publish  no AWS credentials were found',
      '  deploy   no `function-name` is given',
      '  comment  the event push has no pull request',
    ])
  })

  it('says that a dry run only names its writes', () => {
    const inputs = read({ repository: 'app', 'function-name': 'f', 'dry-run': 'true', smoke: 'false' }).inputs
    const made = makePlan(inputs, makeContext(), { credentials: 'found', warnings: [] })
    expect(planLines(made)).toEqual(
      expect.arrayContaining([
        '  publish  say what would be written: app in eu-west-1, sha-a1b2c3d4e5f6',
        '  deploy   say what would be written: update f by digest',
        '  smoke    `smoke` is `false`',
      ]),
    )
  })

  it('shortens long values', () => {
    const lines = planLines(plan({ 'smoke-event': JSON.stringify({ text: 'x'.repeat(500) }) }))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(120)
  })
})
