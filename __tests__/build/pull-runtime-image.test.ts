import { expect, it } from 'vitest'
import { pullRuntimeImage } from '../../src/build/pull-runtime-image.ts'
import { readFailure } from '../../src/build/registry-failure.ts'
import { fakeImages, makeLocalImage } from './fake-images.ts'

const REFERENCE = 'reg.example/lambda/nodejs:22'

it('uses what is there', async () => {
  const images = fakeImages({ [REFERENCE]: makeLocalImage() })
  expect(await pullRuntimeImage(REFERENCE, 'x86_64', images)).toEqual({ reference: REFERENCE, image: makeLocalImage() })
  expect(images.pulled).toEqual([])
})

it('pulls the platform when another architecture is there', async () => {
  const arm64 = makeLocalImage({ architecture: 'arm64' })
  const images = fakeImages({ [REFERENCE]: makeLocalImage() }, { [REFERENCE]: arm64 })
  expect(await pullRuntimeImage(REFERENCE, 'arm64', images)).toEqual({ reference: REFERENCE, image: arm64 })
  expect(images.pulled).toEqual([`linux/arm64 ${REFERENCE}`])
})

it('pulls again where a job beside it has moved the tag meanwhile', async () => {
  const arm64 = makeLocalImage({ architecture: 'arm64' })
  const images = fakeImages({}, { [REFERENCE]: arm64 })
  let looked = 0
  const inspect = async (reference: string) => (looked++ === 1 ? makeLocalImage() : images.inspect(reference))
  const answer = await pullRuntimeImage(REFERENCE, 'arm64', { ...images, inspect })
  expect(answer).toEqual({ reference: REFERENCE, image: arm64 })
})

it('takes what there is where no pull brings the architecture: a rule tells', async () => {
  const images = fakeImages({}, { [REFERENCE]: makeLocalImage() })
  const answer = await pullRuntimeImage(REFERENCE, 'arm64', images)
  expect(answer).toEqual({ reference: REFERENCE, image: makeLocalImage() })
})

it.each(['not found', 'dial tcp: i/o timeout', 'no basic auth credentials'])(
  'says why it cannot be read: %s',
  async (words) => {
    const images = {
      ...fakeImages({}),
      pull: async () => {
        throw readFailure(REFERENCE, words)
      },
    }
    const answer = await pullRuntimeImage(REFERENCE, 'x86_64', images)
    expect(answer).toMatchObject({ unreadable: { code: 'image-not-found', message: expect.stringContaining(words) } })
  },
)

it('does not call a cancelled run unreadable', async () => {
  const images = { ...fakeImages({}), pull: () => Promise.reject(new DOMException('stop', 'AbortError')) }
  await expect(pullRuntimeImage(REFERENCE, 'x86_64', images)).rejects.toThrow('stop')
})
