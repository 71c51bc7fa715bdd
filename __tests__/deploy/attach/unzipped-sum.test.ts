import { describe, expect, it } from 'vitest'
import { judgeSum, unzippedParts } from '../../../src/deploy/attach/unzipped-sum.ts'
import { ActionError } from '../../../src/errors.ts'
import { makeFunction } from '../../builders/aws.ts'
import { fakeLayers } from '../../builders/layer-publication.ts'

const LIMIT = 262_144_000
const LAYER = { name: 'shop', bytes: 44_000 }

describe('judgeSum', () => {
  it('takes what fits to the last byte', () => {
    expect(judgeSum('fn', LAYER, [{ name: 'code', bytes: LIMIT - 44_000 }])).toEqual({ bytes: LIMIT, unknown: [] })
    expect(() => judgeSum('fn', LAYER, [{ name: 'code', bytes: LIMIT - 43_999 }])).toThrow(
      expect.objectContaining({ code: 'layer-invalid', message: expect.stringContaining(`${LIMIT + 1} bytes`) }),
    )
  })

  it('refuses by what is known, and names what is not', () => {
    const unknown = { name: 'layer', reason: 'denied' }
    expect(judgeSum('fn', LAYER, [unknown])).toEqual({ bytes: 44_000, unknown: ['layer: denied'] })
    expect(() => judgeSum('fn', LAYER, [unknown, { name: 'code', bytes: LIMIT }])).toThrow(/would unpack/)
  })
})

describe('unzippedParts', () => {
  const found = makeFunction({ codeLocation: 'https://code' })
  const zipSizes = { unzipped: async (url: string) => url.length }

  it('asks for the code and each layer, and takes an error for what is not known', async () => {
    const layers = fakeLayers({
      content: async (arn) => {
        if (arn === 'denied') throw new ActionError('access-denied', 'lambda:GetLayerVersion is denied', { help: '' })
        return arn === 'gone' ? undefined : { codeSha256: '', location: `https://${arn}` }
      },
    })
    expect(await unzippedParts(found, ['a', 'denied', 'gone'], { layers, zipSizes })).toEqual([
      { name: 'the code of the function', bytes: 12 },
      { name: 'a', bytes: 9 },
      { name: 'denied', reason: 'lambda:GetLayerVersion is denied' },
      { name: 'gone', reason: 'the API gives no download of it' },
    ])
  })

  it('ends when the run is cancelled', async () => {
    const content = () => Promise.reject(new ActionError('cancelled', 'SIGTERM', { help: '' }))
    await expect(unzippedParts(found, ['a'], { layers: fakeLayers({ content }), zipSizes })).rejects.toThrow('SIGTERM')
  })
})
