import { expect, it } from 'vitest'
import { asStarted } from '../../src/inspect/as-started.ts'
import { makeEvidence } from '../builders/evidence.ts'

it('lays what the function states over the settings of the image', () => {
  const evidence = makeEvidence()
  const started = asStarted(evidence, { command: ['other.handler'], workingDirectory: '/srv' })
  expect(started.image).toEqual({ ...evidence.image, command: ['other.handler'], workingDirectory: '/srv' })
  expect(asStarted(evidence, undefined)).toBe(evidence)
})
