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
const alias = { arn: `${version.functionArn}:live`, name: 'live', functionVersion: '6', weighted: false }
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
  expect(await scene({}, {}).run()).toEqual({ deployment })
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
  expect(released).toEqual({ deployment: { ...deployment, versionPublished: '7', waitedSeconds: 2.5, polls: 5 } })
  expect(told[0]).toEqual({ ...deployment, versionPublished: '7' })
})

it('tries again while an update is in progress', async () => {
  const conflict = new ActionError('conflict', 'An update is in progress.', { help: '' })
  const { run } = scene(
    { ...published, publishVersion: inTurn<FunctionConfiguration>(conflict, version) },
    { publishVersion: true },
  )
  expect((await run()).deployment.versionPublished).toBe('7')
})

it('creates an alias that is not there', async () => {
  const { run } = scene({ ...published, alias: inTurn(undefined), createAlias: inTurn(alias) }, { alias: 'live' })
  expect(await run()).toMatchObject({ aliasArn: alias.arn, deployment: { alias: { name: 'live', to: '7' } } })
})

it('moves an alias', async () => {
  const { told, run } = scene({ ...published, alias: inTurn(alias), updateAlias: inTurn(alias) }, { alias: 'live' })
  expect((await run()).deployment.alias).toEqual({ name: 'live', from: '6', to: '7' })
  expect(told.at(-1)?.alias).toEqual({ name: 'live', from: '6', to: '7' })
})

it('leaves an alias alone that points there already', async () => {
  const { run } = scene({ ...published, alias: inTurn({ ...alias, functionVersion: '7' }) }, { alias: 'live' })
  expect((await run()).deployment.alias).toEqual({ name: 'live', from: '7', to: '7' })
})

it('warns of an alias whose traffic is shared out', async () => {
  const { log, run } = scene(
    { ...published, alias: inTurn({ ...alias, weighted: true }), updateAlias: inTurn(alias) },
    { alias: 'live' },
  )
  await run()
  expect(log.lines.some((line) => line.startsWith('warning: Alias live sends part of its traffic'))).toBe(true)
})
