import { describe, expect, it } from 'vitest'
import { functionState, judgeState, stateLine } from '../../src/deploy/state.ts'
import { makeConfiguration } from '../builders/aws.ts'

/** A configuration with these two words; `undefined` leaves one out. */
function shown(state: string | undefined, lastUpdateStatus: string | undefined, more = {}) {
  const { state: _state, lastUpdateStatus: _status, ...rest } = makeConfiguration(more)
  return {
    ...rest,
    ...(state === undefined ? {} : { state }),
    ...(lastUpdateStatus === undefined ? {} : { lastUpdateStatus }),
  }
}

describe('judgeState', () => {
  it.each([
    ['Active', 'Successful', 'done'],
    ['Inactive', 'Successful', 'done'],
    ['Active', undefined, 'done'],
    [undefined, undefined, 'done'],
    ['Pending', undefined, 'wait'],
    ['Pending', 'Successful', 'wait'],
    ['Active', 'InProgress', 'wait'],
    // The image before this update had failed; what counts now is the update.
    ['Failed', 'InProgress', 'wait'],
    ['Hibernating', 'Successful', 'wait'],
    ['Active', 'Reviewing', 'wait'],
    ['Failed', undefined, 'failed'],
    ['Failed', 'Failed', 'failed'],
    ['Active', 'Failed', 'failed'],
    ['Deactivating', 'Successful', 'failed'],
    ['Deactivated', 'Successful', 'failed'],
    ['Deleting', 'Successful', 'failed'],
    ['ActiveNonInvocable', 'Successful', 'failed'],
  ])('%s / %s: %s', (state, lastUpdateStatus, phase) => {
    expect(judgeState(shown(state, lastUpdateStatus)).phase).toBe(phase)
  })

  it('takes the reason from the field that failed', () => {
    const reasons = {
      stateReason: 'of the state',
      stateReasonCode: 'InvalidImage',
      lastUpdateStatusReason: 'of the update',
      lastUpdateStatusReasonCode: 'ImageAccessDenied',
    }
    expect(judgeState(shown('Failed', 'Failed', reasons))).toEqual({
      phase: 'failed',
      code: 'function-failed',
      word: 'Failed',
      reasonCode: 'InvalidImage',
      reason: 'of the state',
    })
    expect(judgeState(shown('Active', 'Failed', reasons))).toEqual({
      phase: 'failed',
      code: 'update-failed',
      word: 'Failed',
      reasonCode: 'ImageAccessDenied',
      reason: 'of the update',
    })
  })
})

it.each([
  [{}, 'Active / Successful'],
  [
    {
      lastUpdateStatus: 'InProgress',
      lastUpdateStatusReasonCode: 'Creating',
      lastUpdateStatusReason: 'Being created.',
    },
    'Active / InProgress (Creating: Being created.)',
  ],
  [{ state: 'Failed', stateReason: 'No code given.' }, 'Failed (No code given.) / Successful'],
])('writes %j as one line', (more, line) => {
  expect(stateLine(makeConfiguration(more))).toBe(line)
})

it('writes a dash for a field that is not there', () => {
  expect(stateLine(shown(undefined, undefined))).toBe('– / –')
})

it('keeps for the report what it shows, and no more', () => {
  const configuration = makeConfiguration({ stateReason: 'not shown', stateReasonCode: 'Idle', state: 'Inactive' })
  expect(functionState(configuration, 'repository@sha256:1')).toEqual({
    codeSha256: 'd'.repeat(64),
    imageUri: 'repository@sha256:1',
    state: 'Inactive',
    stateReasonCode: 'Idle',
    lastUpdateStatus: 'Successful',
    version: '$LATEST',
  })
})
