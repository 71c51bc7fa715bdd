import { expect, it } from 'vitest'
import { imageRollout } from '../../src/deploy/image-rollout.ts'
import { releaseVersion } from '../../src/deploy/release-version.ts'
import { ActionError } from '../../src/errors.ts'
import type { DeployPlan } from '../../src/plan/plan.ts'
import type { FunctionConfiguration, LambdaApi } from '../../src/ports/lambda-api.ts'
import type { Deployment } from '../../src/report/report.ts'
import { fakeLambda, inTurn, makeConfiguration, makeDeployPlan, makePublication } from '../builders/aws.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const version = makeConfiguration({ version: '7' })
const after = { codeSha256: 'd'.repeat(64), state: 'Active', lastUpdateStatus: 'Successful', version: '$LATEST' }
const deployment: Deployment = { functionArn: version.functionArn, after, waitedSeconds: 2, polls: 3 }
const published = {
  publishVersion: inTurn(version),
  getFunctionConfiguration: inTurn(makeConfiguration({ version: '7', state: 'Pending' }), version),
}

function scene(lambda: Partial<LambdaApi>, plan: Partial<DeployPlan>) {
  const clock = fakeClock()
  const log = fakeLog()
  const told: Deployment[] = []
  const known = (one: Deployment) => void told.push(one)
  const request = {
    plan: makeDeployPlan(plan),
    architecture: 'x86_64',
    image: makePublication(),
    deadline: 600_000,
  } as const
  const ports = { lambda: fakeLambda(lambda), clock, log, known, signal: new AbortController().signal }
  return { log, told, run: () => releaseVersion(imageRollout(request), deployment, ports) }
}

it('does nothing when nothing was asked for', async () => {
  expect(await scene({}, {}).run()).toEqual(deployment)
})

it('publishes the deployed code only, and waits until the version is ready', async () => {
  const asked: unknown[] = []
  const publishVersion = async (...given: unknown[]) => {
    asked.push(given)
    return version
  }
  const { told, run } = scene(
    {
      publishVersion,
      getFunctionConfiguration: inTurn(makeConfiguration({ version: '7', state: 'Pending' }), version),
    },
    { publishVersion: true },
  )
  const released = await run()
  expect(asked).toEqual([[version.functionArn, after.codeSha256]])
  expect(released).toEqual({ ...deployment, versionPublished: '7', waitedSeconds: 2.5, polls: 5 })
  expect(told[0]).toEqual({ ...deployment, versionPublished: '7' })
})

it('tries again while an update is in progress', async () => {
  const conflict = new ActionError('conflict', 'An update is in progress.', { help: '' })
  const { run } = scene(
    { ...published, publishVersion: inTurn<FunctionConfiguration>(conflict, version) },
    { publishVersion: true },
  )
  expect((await run()).versionPublished).toBe('7')
})

it('for an alias publishes a version too, and leaves the alias to its time', async () => {
  const { run } = scene(published, { alias: 'live' })
  expect(await run()).toMatchObject({ versionPublished: '7' })
})
