import { expect, it } from 'vitest'
import { runtimeOfBaseImage } from '../../src/lambda/base-image-name.ts'
import { RUNTIMES } from '../../src/lambda/runtimes.ts'

it.each(RUNTIMES)('knows the base image of $id, with architecture and date too', ({ id, baseImage }) => {
  expect(runtimeOfBaseImage(baseImage)?.id).toBe(id)
  expect(runtimeOfBaseImage(`${baseImage}-arm64`)?.id).toBe(id)
  expect(runtimeOfBaseImage(`${baseImage}.2025.01.07.10`)?.id).toBe(id)
})

it.each([
  ['amazon/aws-lambda-python:3.13', 'python3.13'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/lambda/nodejs:22', 'nodejs22.x'],
  ['public.ecr.aws/lambda/nodejs:latest', undefined],
  ['public.ecr.aws/lambda/nodejs', undefined],
  ['public.ecr.aws/lambda/python:3.1', undefined],
  ['node:22', undefined],
  ['octo/my-lambda/nodejs-app:22', undefined],
])('%s is %s', (reference, id) => {
  expect(runtimeOfBaseImage(reference)?.id).toBe(id)
})
