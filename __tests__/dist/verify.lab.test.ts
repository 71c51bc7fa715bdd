import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { nodeFunction, startWorld, type World } from './world.ts'

const HANDLER = `export const handler = async ({ name }) => ({
  greeting: 'hello ' + name,
  version: process.env.AWS_LAMBDA_FUNCTION_VERSION,
})`

let world: World
let inputs: Record<string, string>
beforeAll(async () => {
  world = await startWorld()
  inputs = {
    context: await world.context(nodeFunction(world.base, HANDLER)),
    'smoke-event': '{"name": "you"}',
    repository: 'team/verified',
    'create-repository': 'true',
    'function-name': 'verified',
    role: 'arn:aws:iam::123456789012:role/verified',
    'verify-invoke': 'true',
  }
})
afterAll(() => world[Symbol.asyncDispose]())

const verify = (result: ActionResult) => result.report?.stages.find(({ name }) => name === 'verify')
const operations = () => world.aws.calls.map(({ operation }) => operation)
const invocations = () => world.aws.calls.filter(({ operation }) => operation === 'Invoke')

it('the deployed function gives the local answer: $LATEST is invoked once, after the wait', async () => {
  const result = await world.run(inputs)
  expect(result.report?.failure).toBeUndefined()
  expect(verify(result)).toMatchObject({
    status: 'passed',
    detail: expect.stringMatching(/:function:verified: 1 answer equal to the local one$/),
  })
  expect(invocations().map(({ input }) => input)).toMatchObject([{ Payload: '{"name":"you"}', LogType: 'Tail' }])
  expect(operations().indexOf('Invoke')).toBeGreaterThan(operations().lastIndexOf('GetFunctionConfiguration'))
  await result.dispose()
})

it('another answer than the local one fails the run, says where it differs, and leaves the alias where it was', async () => {
  world.aws.calls.length = 0
  const result = await world.run({ ...inputs, alias: 'live' })
  expect(result.exitCode).toBe(1)
  expect(result.report?.failure).toMatchObject({
    stage: 'verify',
    code: 'verify-mismatch',
    message: expect.stringMatching(/verified:1`? .*default: \$\.version: locally "\$LATEST", deployed "1"$/),
    help: expect.stringMatching(/^The alias live was neither created nor moved.*`smoke-expect`/),
  })
  expect(operations()).not.toContain('CreateAlias')
  expect(result.outputs).not.toHaveProperty('alias-arn')
  expect(result.summary).toContain('verify-mismatch')
  expect(result.report?.deployment).toMatchObject({ versionPublished: '1' })
  expect(invocations().map(({ input }) => input)).toMatchObject([{ Qualifier: '1' }])
  await result.dispose()
})

it('what the answer must hold is compared alone, and a denied invocation names its permission', async () => {
  world.aws.calls.length = 0
  const expecting = { ...inputs, alias: 'live', 'smoke-expect': '{"greeting": "hello you"}' }
  const result = await world.run(expecting)
  expect(result.report?.failure).toBeUndefined()
  expect(verify(result)?.detail).toMatch(/:verified:1: 1 answer as expected$/)
  expect(operations().slice(operations().indexOf('Invoke'))).toEqual(['Invoke', 'GetAlias', 'CreateAlias'])
  expect(result.report?.deployment?.alias).toEqual({ name: 'live', to: '1' })
  await result.dispose()

  world.aws.script({ kind: 'refuse', operation: 'lambda:Invoke', error: 'access-denied' })
  const denied = await world.run(expecting)
  expect(denied.report?.failure).toMatchObject({
    stage: 'verify',
    code: 'access-denied',
    message: expect.stringContaining('lambda:InvokeFunction'),
  })
  await denied.dispose()
  world.aws.clearFaults()
})

it('dry-run says what it would invoke', async () => {
  world.aws.calls.length = 0
  const result = await world.run({ ...inputs, 'dry-run': 'true' })
  expect(verify(result)).toMatchObject({
    status: 'skipped',
    detail: 'dry-run, would invoke verified with 1 event',
  })
  expect(invocations()).toEqual([])
  await result.dispose()
  expect(await world.leftovers()).toEqual([])
})
