import { describe, expect, it } from 'vitest'
import { isImmutable, refuseTakenTags } from '../../src/publish/immutable-tags.ts'
import { digestOf, makeRepository, makeStoredImage } from '../builders/aws.ts'

describe('isImmutable', () => {
  it.each([
    ['MUTABLE', 'v1', false],
    ['IMMUTABLE', 'v1', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'v1', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'dev-7', false],
    ['MUTABLE_WITH_EXCLUSION', 'v1', false],
    ['MUTABLE_WITH_EXCLUSION', 'dev-7', true],
    ['SOMETHING_NEW', 'v1', false],
  ])('%s: may %s not move? %s', (tagMutability, tag, expected) => {
    expect(isImmutable(makeRepository({ tagMutability, mutabilityExclusions: ['dev-*'] }), tag)).toBe(expected)
  })

  it('takes a dot in a filter for a dot', () => {
    const repository = makeRepository({ tagMutability: 'IMMUTABLE_WITH_EXCLUSION', mutabilityExclusions: ['1.*'] })
    expect([isImmutable(repository, '1.2'), isImmutable(repository, '112')]).toEqual([false, true])
  })
})

describe('refuseTakenTags', () => {
  it('names the tag, the image it stands on, and the way out', () => {
    const other = makeStoredImage({ tag: 'v1' })
    expect(() => refuseTakenTags(makeRepository(), [other], digestOf('d'))).toThrow(
      expect.objectContaining({
        code: 'tag-immutable',
        message: expect.stringContaining(
          `The tag v1 of ${makeRepository().uri} stands on another image (${other.digest})`,
        ),
        help: expect.stringContaining('Nothing was pushed.'),
      }),
    )
  })

  it('lets a tag be that stands on the image already, one that may move, and images without a tag', () => {
    const image = makeStoredImage({ tag: 'v1' })
    const untagged = makeStoredImage({ configDigest: digestOf('9') })
    expect(() => refuseTakenTags(makeRepository(), [image, untagged], image.digest)).not.toThrow()
    expect(() => refuseTakenTags(makeRepository({ tagMutability: 'MUTABLE' }), [image])).not.toThrow()
  })
})
