import { expect, it } from 'vitest'
import { functionMismatch } from '../../src/deploy/function-mismatch.ts'
import { makeFunction } from '../builders/aws.ts'

it('finds nothing wrong with an image function of the same architecture', () => {
  expect(functionMismatch(makeFunction(), 'x86_64')).toBeUndefined()
})

it('refuses a Zip function, whatever its architecture', () => {
  const mismatch = functionMismatch(makeFunction({ packageType: 'Zip', architectures: ['arm64'] }), 'x86_64')
  expect(mismatch).toMatchObject({
    code: 'package-type-mismatch',
    message: expect.stringContaining('package type Zip'),
    help: expect.stringContaining('under another name'),
  })
})

it('says how to change the architecture of a function', () => {
  expect(functionMismatch(makeFunction({ architectures: ['arm64'] }), 'x86_64')).toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('runs arm64, and the image is for x86_64'),
    help: expect.stringContaining('--architectures x86_64'),
  })
})
