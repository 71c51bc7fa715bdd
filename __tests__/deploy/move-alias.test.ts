import { expect, it } from 'vitest'
import { moveAlias } from '../../src/deploy/move-alias.ts'
import { ActionError } from '../../src/errors.ts'
import type { Alias, LambdaApi } from '../../src/ports/lambda-api.ts'
import type { Deployment } from '../../src/report/report.ts'
import { fakeLambda, inTurn } from '../builders/aws.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:get-customer'
const deployment: Deployment = { functionArn, waitedSeconds: 2, polls: 3, versionPublished: '7' }
const live = { arn: `${functionArn}:live`, name: 'live', functionVersion: '6', weighted: false }

async function move(lambda: Partial<LambdaApi>) {
  const log = fakeLog()
  const told: Deployment[] = []
  const known = (one: Deployment) => void told.push(one)
  const ports = { lambda: fakeLambda(lambda), clock: fakeClock(), log, known, signal: new AbortController().signal }
  const arn = await moveAlias({ name: 'live', to: '7', deadline: 600_000 }, deployment, ports)
  return { arn, alias: told.at(-1)?.alias, lines: log.lines }
}

it('creates an alias that is not there', async () => {
  const { arn, alias } = await move({ alias: inTurn(undefined), createAlias: inTurn(live) })
  expect([arn, alias]).toEqual([live.arn, { name: 'live', to: '7' }])
})

it('moves an alias', async () => {
  const { arn, alias } = await move({ alias: inTurn(live), updateAlias: inTurn(live) })
  expect([arn, alias]).toEqual([live.arn, { name: 'live', from: '6', to: '7' }])
})

it('leaves an alias alone that points there already', async () => {
  const { alias } = await move({ alias: inTurn({ ...live, functionVersion: '7' }) })
  expect(alias).toEqual({ name: 'live', from: '7', to: '7' })
})

it('tries again what was throttled', async () => {
  const throttled = new ActionError('throttled', 'Rate exceeded', { help: '' })
  const { alias } = await move({ alias: inTurn<Alias | undefined>(throttled, live), updateAlias: inTurn(live) })
  expect(alias).toMatchObject({ to: '7' })
})

it('warns of an alias whose traffic is shared out', async () => {
  const { lines } = await move({ alias: inTurn({ ...live, weighted: true }), updateAlias: inTurn(live) })
  expect(lines.some((line) => line.startsWith('warning: Alias live sends part of its traffic'))).toBe(true)
})
