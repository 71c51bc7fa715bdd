import { describe, expect, it } from 'vitest'
import { hasImage, runsImage } from '../../src/deploy/running-image.ts'
import { imageUri } from '../../src/publish/image-uri.ts'
import { digestOf, makeFunction, makePublication } from '../builders/aws.ts'

const image = makePublication()
const deployed = { codeSha256: 'd'.repeat(64), resolvedImageUri: imageUri(image) }

describe('hasImage', () => {
  it('compares repository and digest', () => {
    expect(hasImage(makeFunction(deployed), image)).toBe(true)
    expect(hasImage(makeFunction(), image)).toBe(false)
    // The same bytes, but the image must stay where the function took it from.
    expect(hasImage(makeFunction({ ...deployed, resolvedImageUri: `other@${digestOf('d')}` }), image)).toBe(false)
  })

  it('makes do with less where an implementation of the API says less', () => {
    const { resolvedImageUri: _resolved, ...unresolved } = makeFunction(deployed)
    expect(hasImage(unresolved, image)).toBe(true)
    const { codeSha256: _code, ...given } = { ...unresolved, imageUri: imageUri(image) }
    expect([hasImage(given, image), hasImage({ ...given, imageUri: 'x:1' }, image)]).toEqual([true, false])
  })
})

describe('runsImage', () => {
  it.each([
    [{}, true],
    [{ state: 'Inactive', stateReasonCode: 'Idle' }, true],
    [{ state: 'Inactive', stateReasonCode: 'ImageDeleted' }, false],
    [{ state: 'Failed' }, false],
    [{ lastUpdateStatus: 'Failed' }, false],
    [{ lastUpdateStatus: 'InProgress' }, false],
  ])('%j: %s', (state, expected) => {
    expect(runsImage(makeFunction({ ...deployed, ...state }), image)).toBe(expected)
  })
})
