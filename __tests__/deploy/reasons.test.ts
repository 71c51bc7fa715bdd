import type { LastUpdateStatusReasonCode, StateReasonCode } from '@aws-sdk/client-lambda'
import * as model from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { REASONS, remedyFor } from '../../src/deploy/reasons.ts'

const CODES: readonly (StateReasonCode | LastUpdateStatusReasonCode)[] = [
  ...Object.values(model.StateReasonCode),
  ...Object.values(model.LastUpdateStatusReasonCode),
]

/** They tell what goes on, not what went wrong. */
const NO_FAULTS = ['Idle', 'Creating', 'Restoring', 'DrainingDurableExecutions']

it.each([...new Set(CODES)].filter((code) => !NO_FAULTS.includes(code)))('knows what to do about %s', (code) => {
  expect(REASONS.some((row) => row.code === code && row.pattern === undefined)).toBe(true)
  expect(remedyFor(code)).not.toBe(remedyFor('NoSuchCode'))
})

it.each(REASONS.map((row) => [row.code, row] as const))(
  '%s: a whole sentence, under a code that AWS has',
  (code, row) => {
    expect(CODES).toContain(code)
    expect(row.remedy).toMatch(/^[A-Z].*\.$/s)
  },
)

describe('InvalidImage is told apart by its words', () => {
  it.each([
    ['ImageLayerFailure: UnsupportedImageLayerDetected - Layer Digest sha256:1', 'hard links'],
    ['MissingParentDirectory: Parent directory does not exist for file: opt/extensions/x', 'directory entries'],
    ['SizeLimitExceeded: Uncompressed container image size exceeds 10 GiB limit', '10 GiB'],
    ['The image manifest, config or layer media type for the source image x is not supported.', 'no index'],
    ['anything else', 'Rebuild it with docker buildx'],
  ])('%s', (reason, words) => {
    expect(remedyFor('InvalidImage', reason)).toContain(words)
  })
})

it('has an answer to a code that nobody knows, and to none', () => {
  expect(remedyFor('BrandNew', 'x')).toContain('Nothing is known here')
  expect(remedyFor(undefined)).toContain('Nothing is known here')
})
