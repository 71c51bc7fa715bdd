import { describe, expect, it } from 'vitest'
import { conflicts } from '../../src/plan/conflicts.ts'
import { planLines } from '../../src/plan/lines.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { subjectName } from '../../src/plan/values.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const LAYER = { kind: 'layer', runtime: 'python3.13', 'layer-path': 'build/numpy' } as const

function plan(texts: InputTexts = {}) {
  const { inputs, problems } = read({ ...LAYER, ...texts })
  expect(problems).toEqual([])
  const made = makePlan(inputs, makeContext(), { credentials: 'none', warnings: [] })
  if (made.kind !== 'layer') throw new Error('an image was planned')
  return made
}

function wrong(texts: InputTexts) {
  const { problems, warnings } = conflicts(read(texts).inputs, makeContext(), 'found')
  return { problems: problems.map(({ input, why }) => `${input}: ${why}`), warnings }
}

describe('makePlan of a layer', () => {
  it('checks what is there against the runtime, and says why nothing else happens', () => {
    expect(plan()).toMatchObject({
      kind: 'layer',
      name: 'numpy',
      runtime: { id: 'python3.13' },
      source: { from: 'path', path: 'build/numpy' },
      runtimes: [
        { runtime: { id: 'python3.13' }, image: { from: 'derived', reference: 'public.ecr.aws/lambda/python:3.13' } },
      ],
      smoke: { memorySize: 128, defaultsMemory: true, timeout: 30 },
      publish: { skipped: 'no AWS credentials were found' },
      deploy: { skipped: 'no `function-name` is given' },
    })
  })

  it('takes a given runtime image for the first runtime only, and derives the others', () => {
    const made = plan({ 'runtime-image': 'r:1', 'compatible-runtimes': 'python3.12, python3.13' })
    expect(made.runtimes.map(({ runtime, image }) => [runtime.id, image.from, image.reference])).toEqual([
      ['python3.13', 'given', 'r:1'],
      ['python3.12', 'derived', 'public.ecr.aws/lambda/python:3.12'],
    ])
  })

  it('compares with the image that compiled it: the given one, else the one that SAM builds in', () => {
    expect(plan({ architecture: 'arm64' }).buildImage).toMatchObject({
      from: 'derived',
      reference: 'public.ecr.aws/sam/build-python3.13:latest-arm64',
    })
    expect(plan().table['build-image']).toEqual({
      value: 'public.ecr.aws/sam/build-python3.13:latest-x86_64',
      source: 'default',
    })
    const given = plan({ 'build-image': 'b:1' })
    expect(given.buildImage).toEqual({ from: 'given', reference: 'b:1' })
    expect(given.table['build-image']).toEqual({ value: 'b:1', source: 'input' })
  })

  it('has a table without what only images have', () => {
    const { table } = plan({ 'compatible-runtimes': 'python3.13\npython3.12' })
    expect(table['compatible-runtimes']).toEqual({ value: ['python3.13', 'python3.12'], source: 'input' })
    expect(table['compatible-architectures']).toEqual({ value: ['x86_64'], source: 'default' })
    for (const name of ['context', 'file', 'tags', 'pull', 'repository']) expect(table).not.toHaveProperty(name)
  })

  it('is printed with what it reads and against what', () => {
    const lines = planLines(plan({ 'compatible-runtimes': 'python3.12,python3.13' })).join('\n')
    expect(lines).toMatch(/read +build\/numpy for linux\/amd64/)
    expect(lines).toContain('public.ecr.aws/lambda/python:3.13, public.ecr.aws/lambda/python:3.12')
    expect(lines).toMatch(/build +`layer-path` is given/)
  })
})

it.each([
  [{ 'layer-name': 'pandas' }, 'pandas'],
  [{ 'layer-name': 'arn:aws:lambda:eu-west-1:123456789012:layer:pandas' }, 'pandas'],
  [{ 'layer-path': 'out/deps.zip' }, 'deps'],
  [{ 'layer-path': '.' }, 'shop'],
] satisfies [InputTexts, string][])('a layer of %j is called %s', (texts, name) => {
  expect(subjectName(read({ ...LAYER, ...texts }).inputs, makeContext())).toBe(name)
})

describe('conflicts of a layer', () => {
  it('names everything that is missing or not to be had at once', () => {
    expect(wrong({ kind: 'layer', publish: 'always', 'function-name': 'f', image: 'app:1' }).problems).toEqual([
      expect.stringMatching(/^runtime: It is needed/),
      expect.stringMatching(/^layer-source: A layer needs one of `layer-source` and `layer-path`/),
      expect.stringMatching(/^image: An image is no layer/),
      expect.stringMatching(/^layer-name: It is needed to publish a layer/),
    ])
  })

  it.each([
    [{ 'layer-source': 'src' }, /^layer-path: It is given beside `layer-source`/],
    [{ 'compatible-architectures': 'arm64' }, /^compatible-architectures: It does not name `x86_64`/],
    [{ runtime: 'dotnet9' }, /^runtime: That exists as a base image only/],
  ] satisfies [InputTexts, RegExp][])('refuses %j', (texts, problem) => {
    expect(wrong({ ...LAYER, ...texts }).problems).toEqual([expect.stringMatching(problem)])
  })

  it('warns of what has no effect', () => {
    const texts = {
      ...LAYER,
      tags: 'v1',
      'smoke-event': '{"a":1}',
      's3-bucket': 'bucket',
      role: 'arn:aws:iam::123456789012:role/r',
      'ca-bundle': 'ca.pem',
    }
    expect(wrong(texts)).toEqual({
      problems: [],
      warnings: [
        expect.stringMatching(/^`tags` has no effect: `kind` is `layer`/),
        expect.stringMatching(/^`ca-bundle` has no effect: `layer-path` is given/),
        expect.stringMatching(/^`smoke-event` has no effect: without `smoke-handler`/),
        expect.stringMatching(/^`role` has no effect: a layer is attached to a function that exists/),
        expect.stringMatching(/^`s3-bucket` has no effect: no `layer-name` is given/),
      ],
    })
    expect(
      wrong({ ...LAYER, 'compatible-runtimes': 'python3.12', 'compatible-architectures': 'x86_64,arm64' }),
    ).toEqual({
      problems: [],
      warnings: [
        expect.stringMatching(/does not name `runtime`, `python3.13`/),
        expect.stringMatching(/names `arm64` too/),
      ],
    })
  })

  it('asks for the kind when a layer is given without it', () => {
    expect(wrong({ 'layer-path': 'layer' }).problems).toContainEqual(
      expect.stringMatching(/^kind: It is `image`, but `layer-path`/),
    )
  })
})
