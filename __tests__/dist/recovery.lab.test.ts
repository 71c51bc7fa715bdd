import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { docker, nodeFunction, startWorld, type World } from './world.ts'

const local = `dist-test-recovery:${process.pid}`

let world: World
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  const context = await world.context(nodeFunction(world.base, 'export const handler = async () => ({})'))
  await docker('buildx', 'build', '--quiet', '--load', '--provenance=false', '--sbom=false', '--tag', local, context)
})
afterEach(async () => {
  world.aws.clearFaults()
  world.aws.calls.length = 0
  await result.dispose()
})
afterAll(async () => {
  await docker('image', 'rm', local)
  await world[Symbol.asyncDispose]()
})

async function run(functionName: string): Promise<void> {
  await result?.dispose()
  world.aws.calls.length = 0
  const role = 'arn:aws:iam::123456789012:role/recovery'
  const to = { repository: 'recovery', 'create-repository': 'true', 'function-name': functionName, role }
  result = await world.run({ image: local, smoke: 'false', comment: 'false', ...to })
}
const updates = () => world.aws.calls.filter(({ operation }) => operation === 'UpdateFunctionCode').length

it('a function whose image was deleted gets it again, though it is the same digest', async () => {
  await run('deleted-image')
  await run('deleted-image')
  expect(updates()).toBe(0)
  const StateReason = 'The function is trying to use a deleted image.'
  const configuration = { State: 'Inactive', StateReasonCode: 'ImageDeleted', StateReason }
  world.aws.script({ kind: 'show', configuration, times: 2 })
  await run('deleted-image')
  expect(result.report?.failure).toBeUndefined()
  expect(updates()).toBe(1)
  expect(result.report?.deployment).toMatchObject({
    before: { state: 'Inactive', stateReasonCode: 'ImageDeleted' },
    after: { state: 'Active', lastUpdateStatus: 'Successful' },
  })
})

it('after an update that failed the same image is sent again', async () => {
  await run('failed-update')
  const failed = { code: 'InvalidImage', reason: 'The image is not valid.' }
  const show = { LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: failed.code }
  world.aws.script({ kind: 'show', configuration: show, times: 2 })
  await run('failed-update')
  expect(result.report?.failure).toBeUndefined()
  expect(updates()).toBe(1)
})

it('a function that ended Failed and takes no update fails at once, and says how to make it again', async () => {
  const failed = { code: 'InvalidImage', reason: 'The image is not valid.' }
  world.aws.script({ kind: 'outcome', of: 'create', failed, times: 1 })
  await run('never-made')
  expect(result.report?.failure?.code).toBe('function-failed')
  world.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionCode', error: 'conflict' })
  await run('never-made')
  expect(result.report?.failure).toMatchObject({ stage: 'deploy', code: 'function-failed' })
  expect(result.report?.failure?.help).toContain('aws lambda delete-function --function-name arn:aws:lambda:')
})
