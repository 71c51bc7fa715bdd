import { expect, it } from 'vitest'
import { buildImage } from '../../src/plan/build-source.ts'
import { resolveValues } from '../../src/plan/values.ts'
import { NOTHING_FOUND } from '../../src/resolve/found.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const found = { ...NOTHING_FOUND, compiledIn: { stage: 'build', base: 'example/sdk:1', line: 2 } }

it.each<[string, InputTexts, unknown]>([
  ['the stage of the Dockerfile', {}, { from: 'stage', name: 'build', base: 'example/sdk:1', line: 2 }],
  ['the image that was given', { 'build-image': 'example/own:2' }, { from: 'given', reference: 'example/own:2' }],
  ['nothing of a Dockerfile that is not built', { image: 'example/app:1' }, undefined],
])('the build column is %s', (_, inputs, expected) => {
  expect(buildImage(resolveValues(read(inputs).inputs, makeContext(), found), found)).toEqual(expected)
})
