import { describe, expect, it } from 'vitest'
import { conflicts } from '../../src/plan/conflicts.ts'
import { planLines } from '../../src/plan/lines.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import type { Found } from '../../src/resolve/found.ts'
import { makeFunction } from '../builders/aws.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const LAYER = { kind: 'layer', runtime: 'python3.13', 'layer-path': 'layer', 'layer-name': 'shop' } as const

function plan(texts: InputTexts = {}, found: Partial<Found> = {}) {
  const { inputs, problems } = read({ ...LAYER, ...texts })
  expect(problems).toEqual([])
  const made = makePlan(inputs, makeContext(), {
    credentials: 'found',
    account: '123456789012',
    warnings: [],
    ...found,
  })
  if (made.kind !== 'layer') throw new Error('an image was planned')
  return made
}
const wrong = (texts: InputTexts, credentials: 'found' | 'none' = 'found') =>
  conflicts(read({ ...LAYER, ...texts }).inputs, makeContext(), credentials).problems.map(
    ({ input, why }) => `${input}: ${why}`,
  )
const zip = makeFunction({ packageType: 'Zip', runtime: 'python3.13' })

describe('a layer that is published', () => {
  it('has the metadata of the inputs, and what stands in for them', () => {
    expect(plan().publish).toEqual({
      layerName: 'shop',
      region: 'eu-west-1',
      account: '123456789012',
      description: '',
      runtimes: ['python3.13'],
      architectures: ['x86_64'],
      shareWith: [],
      waitTimeout: 600,
    })
    const texts = {
      'layer-description': 'd',
      'license-info': 'MIT',
      's3-bucket': 'bucket',
      's3-prefix': 'p',
      'share-with': '*',
    }
    expect(plan({ ...texts, 'compatible-runtimes': 'python3.12' }).publish).toMatchObject({
      ...{ description: 'd', licenseInfo: 'MIT', bucket: 'bucket', prefix: 'p', shareWith: ['*'] },
      runtimes: ['python3.12'],
    })
    expect(planLines(plan({ 'function-name': 'fn' }, { function: zip })).join('\n')).toMatch(
      /publish +layer shop in eu-west-1\n +deploy +attach to fn/,
    )
  })

  it.each([
    [{ publish: 'never' }, {}, '`publish` is `never`'],
    [{}, { credentials: 'none' }, 'no AWS credentials were found'],
    [{ 'layer-name': '' }, {}, 'no `layer-name` is given'],
  ] satisfies [InputTexts, Partial<Found>, string][])('is not with %j and %j', (texts, found, skipped) => {
    expect(plan(texts, found).publish).toEqual({ skipped })
  })

  it('needs a bucket of its own region, when S3 told where it is', () => {
    expect(() => plan({ 's3-bucket': 'far' }, { bucketRegion: 'us-east-1' })).toThrow(/`s3-bucket` is `far`.*us-east-1/)
    expect(plan({ 's3-bucket': 'near' }, { bucketRegion: 'eu-west-1' }).publish).toMatchObject({ bucket: 'near' })
    expect(() => plan({ publish: 'always' }, { credentials: 'none' })).toThrow(
      expect.objectContaining({ code: 'no-credentials' }),
    )
  })
})

describe('a layer that is attached', () => {
  it('goes to a function that exists and fits, as versions and aliases are asked for', () => {
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:fn'
    expect(plan({ 'function-name': `${arn}:live`, alias: 'live' }, { function: zip }).deploy).toEqual({
      functionName: arn,
      region: 'eu-west-1',
      publishVersion: true,
      alias: 'live',
      waitTimeout: 600,
    })
    const deploy = (found: Partial<Found>) => () => plan({ 'function-name': 'fn' }, found)
    expect(deploy({ function: 'none' })).toThrow(expect.objectContaining({ code: 'function-not-found' }))
    expect(deploy({ function: makeFunction() })).toThrow(expect.objectContaining({ code: 'package-type-mismatch' }))
    // Not told by AWS: asked again before anything is published.
    expect(deploy({})().deploy).toMatchObject({ functionName: 'fn' })
  })
})

it.each([
  [{ 'layer-name': '', publish: 'always' }, /^layer-name: It is needed to publish a layer/],
  [{ 'layer-name': '', 'function-name': 'fn' }, /^layer-name: It is needed to publish a layer/],
  [
    { 'layer-name': 'arn:aws:lambda:us-east-1:123456789012:layer:shop' },
    /^layer-name: Its region is not that of the run/,
  ],
  [{ 'function-name': 'arn:aws:lambda:us-east-1:123456789012:function:f' }, /^function-name: Its region/],
] satisfies [InputTexts, RegExp][])('%j is a problem', (texts, problem) => {
  expect(wrong(texts)).toEqual([expect.stringMatching(problem)])
})

it('is none where nothing could be published', () => {
  expect(wrong({ 'layer-name': '' })).toEqual([])
  expect(wrong({ 'layer-name': '', 'function-name': 'fn' }, 'none')).toEqual([])
})
