import { describe, expect, it } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { LambdaFunction } from '../../src/ports/lambda-api.ts'
import { deployedBaseline, readBaseline } from '../../src/resolve/baseline.ts'
import { type InputTexts, read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'
import { makeReport } from '../builders/report.ts'

const files = fakeFiles({
  'old/report.json': JSON.stringify(makeReport()),
  'old/layer.json': JSON.stringify(makeReport({ subject: { ...makeReport().subject, kind: 'layer' } })),
  'old/newer.json': JSON.stringify({ ...makeReport(), schema: 2 }),
})
const ask = (texts: InputTexts) => readBaseline(read(texts).inputs, files)

describe('readBaseline', () => {
  it.each([
    [{ baseline: 'old/report.json' }, { from: 'report', path: 'old/report.json' }],
    [{ baseline: 'team/app:1.2' }, { from: 'image', reference: 'team/app:1.2' }],
    [{}, undefined],
    [{ baseline: 'deployed', 'function-name': 'f' }, undefined],
  ])('%o', async (texts, expected) => {
    const { baseline, problems } = await ask(texts)
    expect(problems).toEqual([])
    if (expected === undefined) expect(baseline).toBeUndefined()
    else expect(baseline).toMatchObject(expected)
  })

  it.each([
    [{ baseline: 'old/reprot.json' }, 'There is no such file. Near it: `old/report.json`'],
    [{ baseline: './missing' }, 'There is no such file'],
    [{ baseline: 'old' }, 'That is a folder'],
    [{ baseline: 'old/newer.json' }, 'schema 2'],
    [{ baseline: 'old/layer.json' }, 'the report of a layer, and this run is about an image'],
    [{ baseline: 'Not An Image' }, 'neither a file nor an image reference'],
    [{ baseline: 'deployed' }, '`function-name`'],
    [{ baseline: 'deployed', kind: 'layer', 'function-name': 'f' }, 'A layer is not deployed as an image'],
    [{ baseline: 'team/app:1.2', kind: 'layer' }, 'A layer is no image'],
  ])('%o is refused', async (texts, words) => {
    expect((await ask(texts)).problems).toEqual([
      { input: 'baseline', value: texts.baseline, why: expect.stringContaining(words) },
    ])
  })
})

describe('deployedBaseline', () => {
  const { inputs } = read({ baseline: 'deployed', 'function-name': 'f' })
  const runs = (found: Partial<LambdaFunction>) => ({
    getFunction: async () => ({ functionArn: 'a', packageType: 'Image', architectures: [], version: '1', ...found }),
  })

  it('is the image by digest', async () => {
    const found = runs({ imageUri: 'h/app:latest', resolvedImageUri: 'h/app@sha256:0' })
    expect(await deployedBaseline(inputs, found)).toEqual({
      from: 'deployed',
      reference: 'h/app@sha256:0',
      functionName: 'f',
    })
  })

  it.each([
    ['without AWS credentials', undefined],
    ['does not exist yet', { getFunction: async () => undefined }],
    ['runs no image (Zip)', runs({ packageType: 'Zip' })],
    [
      'AWS does not tell what f runs: denied',
      { getFunction: () => Promise.reject(new ActionError('access-denied', 'denied', { help: '' })) },
    ],
  ])('%s: there is nothing to compare with, and the run goes on', async (words, lambda) => {
    expect(await deployedBaseline(inputs, lambda)).toMatchObject({
      from: 'nothing',
      unread: expect.stringContaining(words),
    })
  })

  it('is asked for only when it is wanted, and a cancelled run does not go on', async () => {
    const cancelled = { getFunction: () => Promise.reject(new ActionError('cancelled', 'SIGTERM', { help: '' })) }
    expect(await deployedBaseline(read({ 'function-name': 'f' }).inputs, cancelled)).toBeUndefined()
    await expect(deployedBaseline(inputs, cancelled)).rejects.toThrow('SIGTERM')
  })
})
