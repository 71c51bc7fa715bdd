import { randomUUID } from 'node:crypto'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ministack, startMinistack } from '../../lab/aws/ministack.ts'
import { labFolders } from '../../lab/folders.ts'
import { printedProgress } from '../../lab/progress.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { docker, nodeFunction, startWorld, type World } from './world.ts'

/** Only an image that this test had built can answer it. */
const mark = randomUUID()

let world: World
let ministack: Ministack
let context: string
beforeAll(async () => {
  world = await startWorld()
  ministack = await startMinistack({ folders: labFolders(), progress: printedProgress() })
  const source = `export const handler = async (event) => ({ mark: '${mark}', name: event.name })`
  context = await world.context(nodeFunction(world.base, source))
})
afterAll(async () => {
  await ministack?.stop()
  await world[Symbol.asyncDispose]()
})

function run(): Promise<ActionResult> {
  const { endpoint, region, accountId, credentials } = ministack
  const inputs = {
    context,
    repository: 'team/greeter',
    'create-repository': 'true',
    'function-name': 'greeter',
    role: `arn:aws:iam::${accountId}:role/greeter`,
    'smoke-expect': JSON.stringify({ mark }),
  }
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  return world.run(inputs, { env })
}

/** So that the stand-in and the action cannot share one misunderstanding of AWS. */
describe('the committed bundle against an AWS emulator that nobody of this project wrote', () => {
  let first: ActionResult

  it('pushes by digest, creates the function with it, and waits until it is active', async () => {
    first = await run()
    expect(first.report?.failure).toBeUndefined()
    expect(first.exitCode).toBe(0)
    const { publication, deployment } = first.report ?? {}
    expect(publication).toMatchObject({
      repositoryUri: `${new URL(ministack.endpoint).host}/team/greeter`,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      reused: false,
    })
    const imageUri = `${publication?.repositoryUri}@${publication?.digest}`
    expect(deployment?.after).toMatchObject({ state: 'Active', lastUpdateStatus: 'Successful', imageUri })
    expect(first.outputs).toMatchObject({ state: 'Active', 'image-uri': imageUri })
    expect(world.aws.calls).toEqual([])
  })

  it('has deployed what it pushed: Invoke answers from the image in the registry', async () => {
    // The run's own tag is gone; without this, the engine might still know the image by its digest.
    expect(
      await docker('image', 'ls', '--quiet', '--filter', `reference=${first.report?.publication?.repositoryUri}`),
    ).toBe('')
    const { region, endpoint, credentials } = ministack
    const lambda = new LambdaClient({ region, endpoint, credentials, maxAttempts: 1 })
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'greeter', Payload: '{"name":"you"}' }))
    expect(answer.FunctionError).toBeUndefined()
    expect(JSON.parse(new TextDecoder().decode(answer.Payload))).toEqual({ mark, name: 'you' })
    lambda.destroy()
  })

  it('a second run of the same commit reuses the image and leaves the function alone', async () => {
    const second = await run()
    expect(second.report?.failure).toBeUndefined()
    expect(second.report?.publication).toMatchObject({ digest: first.report?.publication?.digest, reused: true })
    expect(second.report?.stages.find(({ name }) => name === 'deploy')?.detail).toContain('runs this image already')
    await second.dispose()
  })

  it('leaves nothing in the engine', async () => {
    await first.dispose()
    expect(await world.leftovers()).toEqual([])
  })
})
