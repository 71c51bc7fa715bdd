import { describe, expect, it } from 'vitest'
import type { DeployRequest } from '../../src/deploy/deployment.ts'
import { imageRollout } from '../../src/deploy/image-rollout.ts'
import { waitForFunction } from '../../src/deploy/wait-for-function.ts'
import { ActionError } from '../../src/errors.ts'
import type { FunctionConfiguration } from '../../src/ports/lambda-api.ts'
import { imageUri } from '../../src/publish/image-uri.ts'
import type { Deployment } from '../../src/report/report.ts'
import { fakeLambda, inTurn, makeConfiguration, makeDeployPlan, makePublication } from '../builders/aws.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const image = makePublication()
const ready = makeConfiguration()
const updating = makeConfiguration({ lastUpdateStatus: 'InProgress', lastUpdateStatusReasonCode: 'Creating' })
const before = { codeSha256: 'e'.repeat(64), state: 'Active', lastUpdateStatus: 'Successful', version: '$LATEST' }
const deployment: Deployment = { functionArn: ready.functionArn, before, waitedSeconds: 0, polls: 0 }
const throttled = new ActionError('throttled', 'Rate exceeded', { help: '' })

function scene(answers: readonly (FunctionConfiguration | Error | undefined)[], more: Partial<DeployRequest> = {}) {
  const clock = fakeClock()
  const log = fakeLog()
  const told: Deployment[] = []
  const known = (one: Deployment) => void told.push(one)
  const request: DeployRequest = { plan: makeDeployPlan(), architecture: 'x86_64', image, deadline: 600_000, ...more }
  const lambda = fakeLambda({ getFunctionConfiguration: inTurn(...answers) })
  const ports = { lambda, clock, log, known, signal: new AbortController().signal }
  return { clock, log, told, run: (from = deployment) => waitForFunction(imageRollout(request), from, ports) }
}

it('waits until both fields are settled, counts, and says each change of state once', async () => {
  const { clock, log, told, run } = scene([updating, updating, ready])
  const waited = await run()
  expect(clock.slept).toEqual([500, 1000])
  expect(log.lines).toEqual([
    `info: ${ready.functionArn} after 0.0 s: Active / InProgress (Creating)`,
    `info: ${ready.functionArn} after 1.5 s: Active / Successful`,
  ])
  expect(waited).toEqual({
    ...deployment,
    after: { ...before, codeSha256: ready.codeSha256, imageUri: imageUri(image) },
    polls: 3,
    waitedSeconds: 1.5,
  })
  expect(told.at(-1)).toEqual(waited)
})

it('goes on through throttling and words that nobody knows', async () => {
  const odd = makeConfiguration({ state: 'Hibernating', stateReasonCode: 'Moonlight' })
  expect(await scene([throttled, odd, throttled, ready]).run()).toMatchObject({ polls: 4, after: { state: 'Active' } })
})

it('takes Inactive for ready after an update', async () => {
  const asleep = makeConfiguration({ state: 'Inactive' })
  expect(await scene([updating, asleep]).run()).toMatchObject({ after: { state: 'Inactive' } })
})

it('reads past answers from before the update', async () => {
  const stale = makeConfiguration({ codeSha256: before.codeSha256 })
  expect(await scene([stale, stale, updating, ready]).run()).toMatchObject({ polls: 4 })
})

it('does not call the code of somebody else its own', async () => {
  const other = makeConfiguration({ codeSha256: 'f'.repeat(64) })
  const { told, run } = scene([updating, other])
  await expect(run()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('ffff') })
  expect(told.at(-1)?.after).toMatchObject({ codeSha256: other.codeSha256 })
})

it('takes a function for ready that shows no CodeSha256', async () => {
  const { codeSha256: _hidden, ...silent } = ready
  expect(await scene([silent]).run()).toMatchObject({ polls: 1, after: { codeSha256: '' } })
})

describe('fails', () => {
  it('with update-failed, AWS’s words, the remedy, and the state for the report', async () => {
    const lastUpdateStatusReason = 'ImageLayerFailure: UnsupportedImageLayerDetected - Layer Digest sha256:1'
    const failed = makeConfiguration({
      lastUpdateStatus: 'Failed',
      lastUpdateStatusReasonCode: 'InvalidImage',
      lastUpdateStatusReason,
    })
    const { told, run } = scene([updating, failed])
    await expect(run()).rejects.toMatchObject({
      code: 'update-failed',
      message: expect.stringContaining(`it still runs its former code: InvalidImage: ${lastUpdateStatusReason}`),
      help: expect.stringContaining('hard links'),
    })
    expect(told.at(-1)).toMatchObject({
      polls: 2,
      after: { lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'InvalidImage' },
    })
    expect(told.at(-1)?.after?.imageUri).toBeUndefined()
  })

  it('with function-failed after a creation, and how to get out of it', async () => {
    const failed = makeConfiguration({ state: 'Failed', stateReasonCode: 'InvalidImage', stateReason: 'x' })
    const { before: _none, ...created } = deployment
    await expect(scene([failed]).run(created)).rejects.toMatchObject({
      code: 'function-failed',
      message: `${ready.functionArn} is Failed: InvalidImage: x`,
      help: expect.stringContaining('aws lambda delete-function'),
    })
  })

  it('with the policy of the repository when the image may not be pulled', async () => {
    const failed = makeConfiguration({ lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'ImageAccessDenied' })
    await expect(scene([failed], { registryId: '999988887777' }).run()).rejects.toMatchObject({
      help: expect.stringContaining('LambdaECRImageCrossAccountRetrievalPolicy'),
    })
  })

  it('at once when the call is denied', async () => {
    const denied = new ActionError('access-denied', 'lambda:GetFunctionConfiguration is denied', { help: '' })
    const { clock, run } = scene([denied])
    await expect(run()).rejects.toBe(denied)
    expect(clock.slept).toEqual([])
  })

  it('when the function is gone', async () => {
    await expect(scene([updating, undefined]).run()).rejects.toMatchObject({ code: 'function-not-found' })
  })

  it('with wait-timeout and the last state, never later than the deadline', async () => {
    const { clock, told, run } = scene([updating], { deadline: 10_000 })
    await expect(run()).rejects.toMatchObject({
      code: 'wait-timeout',
      message: expect.stringContaining('Active / InProgress (Creating)'),
    })
    expect(clock.now()).toBe(10_000)
    expect(told.at(-1)?.waitedSeconds).toBe(10)
  })
})
