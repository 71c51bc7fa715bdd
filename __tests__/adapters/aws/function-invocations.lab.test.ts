import { CreateFunctionCommand, GetFunctionConfigurationCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Runtime } from '../../../lab/aws/lambda/invoke.ts'
import { aws } from '../../../src/adapters/aws/aws.ts'
import { ROLE, type Started, started, uniqueName } from '../../lab/aws/started.ts'
import { pushTinyImage } from '../../lab/aws/tiny-image.ts'

/** Answers with the version and the event, and fails when the event asks for it. */
const echo: Runtime = {
  async run({ configuration, payload }) {
    const event = JSON.parse(payload.toString()) as { readonly fail?: boolean }
    const answer = event.fail
      ? { errorType: 'Boom', errorMessage: 'as asked' }
      : { version: configuration.Version, event, letter: 'é' }
    return { payload: Buffer.from(JSON.stringify(answer)), failed: event.fail === true, log: 'rän\n' }
  },
  close: async () => {},
}

let lab: Started
let functionArn: string
beforeAll(async () => {
  lab = await started({ runtime: echo, pollsUntilActive: 1 })
  vi.stubEnv('AWS_ENDPOINT_URL', lab.aws.endpoint)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIASTANDIN')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const name = uniqueName('invoked')
  const repository = await aws(new AbortController().signal).ecr(lab.aws.region).createRepository({ name })
  const { digest } = await pushTinyImage(await lab.push(name, 'v1'))
  const created = await lab.lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName: name, PackageType: 'Image', Role: ROLE },
      Code: { ImageUri: `${repository.uri}@${digest}` },
    }),
  )
  functionArn = created.FunctionArn ?? ''
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await lab.aws.stop()
})

beforeEach(() => {
  lab.aws.clearFaults()
  lab.aws.calls.length = 0
})

function invoke(event: unknown, version?: string, signal = new AbortController().signal) {
  return aws(signal).functionInvocations(lab.aws.region).invoke(functionArn, version, JSON.stringify(event))
}

describe('a function at AWS', () => {
  it('is in the way of nobody while it is Pending, then answers as $LATEST and by version', async () => {
    await expect(invoke({})).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Pending') })
    const look = () => lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }))
    await vi.waitFor(async () => expect((await look()).State).toBe('Active'))
    await lab.lambda.send(new PublishVersionCommand({ FunctionName: functionArn }))
    lab.aws.calls.length = 0
    const latest = await invoke({ id: 7 })
    expect(latest).toMatchObject({ outcome: 'answered', failed: false, log: 'rän\n' })
    expect(JSON.parse('payload' in latest ? latest.payload : '')).toEqual({
      ...{ version: '$LATEST', event: { id: 7 }, letter: 'é' },
    })
    expect(await invoke({}, '1')).toMatchObject({ payload: expect.stringContaining('"version":"1"') })
    expect(lab.aws.calls.map(({ input }) => input)).toMatchObject([
      { FunctionName: functionArn, InvocationType: 'RequestResponse', LogType: 'Tail' },
      { FunctionName: functionArn, Qualifier: '1' },
    ])
  })

  it('fails with what it says', async () => {
    expect(await invoke({ fail: true })).toMatchObject({
      ...{ outcome: 'answered', failed: true, payload: '{"errorType":"Boom","errorMessage":"as asked"}' },
    })
  })
})

describe('an invocation that is refused', () => {
  const refuse = (code: string, status: number, message = 'words of AWS') =>
    lab.aws.script({ kind: 'refuse', operation: 'lambda:Invoke', error: { code, status, message } })

  it.each([
    ['ResourceNotReadyException', 502],
    ['CodeArtifactUserPendingException', 409],
    ['ServiceException', 500],
  ])('with %s may be made again', async (code, status) => {
    refuse(code, status)
    expect(await invoke({})).toEqual({ outcome: 'not-now', reason: `${code}: words of AWS` })
  })

  it.each([
    ['TooManyRequestsException', 429, 'throttled'],
    ['InvalidRequestContentException', 400, 'aws-error'],
    ['RequestTooLargeException', 413, 'aws-error'],
    ['EC2AccessDeniedException', 502, 'aws-error'],
  ])('with %s rejects', async (code, status, known) => {
    refuse(code, status)
    await expect(invoke({})).rejects.toMatchObject({ code: known, message: expect.stringContaining('words of AWS') })
  })

  it('names the permission, and the version it is for', async () => {
    refuse('AccessDeniedException', 403)
    await expect(invoke({}, '1')).rejects.toMatchObject({
      code: 'access-denied',
      help: expect.stringContaining(`Allow lambda:InvokeFunction on ${functionArn}:1 in`),
    })
  })

  it('tells that the version is gone', async () => {
    await expect(invoke({}, '99')).rejects.toMatchObject({ code: 'function-not-found' })
  })

  it('is never sent twice: it may have been at work', async () => {
    lab.aws.script({ kind: 'disconnect', operation: 'lambda:Invoke' })
    await expect(invoke({})).rejects.toMatchObject({ code: 'aws-error' })
    expect(lab.aws.calls).toHaveLength(1)
  })

  it('ends with the reason of a cancelled run', async () => {
    const cancelled = new Error('cancelled')
    await expect(invoke({}, undefined, AbortSignal.abort(cancelled))).rejects.toBe(cancelled)
  })
})
