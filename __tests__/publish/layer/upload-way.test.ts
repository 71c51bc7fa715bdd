import { describe, expect, it } from 'vitest'
import { isDirect, uploadWay } from '../../../src/publish/layer/upload-way.ts'
import { makeLayerPublishPlan } from '../../builders/layer-publication.ts'

const SHA256 = Buffer.alloc(32, 0xab).toString('base64')

describe('isDirect', () => {
  it('leaves room in the request for the other members', () => {
    expect(isDirect(52_420_000)).toBe(true)
    // 50 MB exactly are base64 of 69,905,068 bytes, one more than a request may have.
    expect(isDirect(50 * 1024 ** 2)).toBe(false)
  })
})

describe('uploadWay', () => {
  const large = { bytes: 60_000_000, sha256: SHA256 }

  it('of a small zip is the request, whatever bucket is there', () => {
    expect(uploadWay(makeLayerPublishPlan({ bucket: 'b' }), { bytes: 1000, sha256: SHA256 }, 'run')).toEqual({
      by: 'request',
    })
  })

  it.each([
    [undefined, 'shop-abababababababab-run.zip'],
    ['layers', 'layers/shop-abababababababab-run.zip'],
    ['layers/ci/', 'layers/ci/shop-abababababababab-run.zip'],
  ])('under the prefix %s has the key %s', (prefix, key) => {
    const plan = makeLayerPublishPlan({ bucket: 'b', ...(prefix === undefined ? {} : { prefix }) })
    const named = { ...plan, layerName: 'arn:aws-cn:lambda:cn-north-1:123456789012:layer:shop' }
    expect(uploadWay(named, large, 'run')).toEqual({ by: 's3', bucket: 'b', key })
  })

  it('without a bucket says what to do', () => {
    expect(() => uploadWay(makeLayerPublishPlan(), large, 'run')).toThrow(
      expect.objectContaining({ code: 'invalid-input', help: expect.stringContaining('bucket of eu-west-1') }),
    )
  })
})
