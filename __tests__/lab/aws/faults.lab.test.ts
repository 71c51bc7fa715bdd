import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr'
import { GetFunctionConfigurationCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../lab/aws/calls.ts'
import { Faults } from '../../../lab/aws/faults.ts'
import { type Started, started } from './started.ts'

// The lab's parts may be installed first, and share the machine with other tests.
let lab: Started
beforeAll(async () => {
  lab = await started()
})
afterAll(() => lab.aws.stop())
afterEach(() => lab.aws.clearFaults())

const identity = () => lab.sts.send(new GetCallerIdentityCommand({}))
const update = () => lab.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ImageUri: 'x' }))

describe('a scripted refusal', () => {
  it('of a throttled call carries Retry-After and the reason', async () => {
    lab.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionCode', error: 'throttled' })
    await expect(update()).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      retryAfterSeconds: '1',
      Reason: 'CallerRateLimitExceeded',
      $metadata: { httpStatusCode: 429, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })

  it('of a denied call names the IAM action and the resource', async () => {
    lab.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionCode', error: 'access-denied' })
    await expect(update()).rejects.toThrow(
      'is not authorized to perform: lambda:UpdateFunctionCode on resource: arn:aws:lambda:eu-central-1:123456789012:function:fn because',
    )
  })

  it('happens after so many requests and so many times', async () => {
    lab.aws.script({ kind: 'refuse', operation: 'sts:*', error: 'expired-credentials', after: 1, times: 2 })
    await identity()
    await expect(identity()).rejects.toMatchObject({ name: 'ExpiredToken' })
    await expect(identity()).rejects.toMatchObject({ name: 'ExpiredToken' })
    expect((await identity()).Account).toBe('123456789012')
  })

  it('may say anything', async () => {
    const message = 'The role defined for the function cannot be assumed by Lambda.'
    lab.aws.script({
      kind: 'refuse',
      operation: 'lambda:*',
      error: { code: 'InvalidParameterValueException', status: 400, message },
    })
    await expect(update()).rejects.toThrow(message)
  })

  it('may be no answer at all', async () => {
    lab.aws.script({ kind: 'disconnect', operation: 'ecr:DescribeRepositories', times: 1 })
    await expect(lab.ecr.send(new DescribeRepositoriesCommand({}))).rejects.toThrow(/socket hang up|ECONNRESET/)
  })
})

describe('the endpoint', () => {
  it('refuses an access key that is not its own, as each service words it', async () => {
    await using strict = await started({ accessKeyId: 'AKIAOTHER' })
    await expect(strict.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    })
    await expect(strict.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))).rejects.toMatchObject(
      { name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 403 } },
    )
  })

  it('refuses unsigned requests and paths it does not know', async () => {
    expect((await fetch(`${lab.aws.endpoint}/2015-03-31/functions/fn`)).status).toBe(403)
    const unknown = await fetch(`${lab.aws.endpoint}/2015-03-31/event-source-mappings`)
    expect(unknown.headers.get('x-amzn-errortype')).toBe('AccessDeniedException')
  })

  it('records calls in order, without credentials', async () => {
    lab.aws.calls.length = 0
    await identity()
    await lab.ecr.send(new DescribeRepositoriesCommand({}))
    expect(operations(lab.aws.calls)).toEqual(['sts:GetCallerIdentity', 'ecr:DescribeRepositories'])
    expect(JSON.stringify(lab.aws.calls)).not.toMatch(/Signature|secret/i)
  })

  it('is controlled from another process over /_lab', async () => {
    const control = async (method: string, path: string, body?: object) =>
      (await fetch(`${lab.aws.endpoint}/_lab/${path}`, { method, ...(body && { body: JSON.stringify(body) }) })).json()
    await control('DELETE', 'calls')
    await control('POST', 'faults', { kind: 'refuse', operation: '*', error: 'internal' })
    await expect(identity()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
    await control('DELETE', 'faults')
    await identity()
    expect(await control('GET', 'calls')).toMatchObject([{ answer: { status: 500 } }, { answer: { status: 200 } }])
    expect(await control('GET', 'state')).toMatchObject({ functions: [] })
  })
})

describe('a shown member', () => {
  it('lies over one function only and as often as scripted', () => {
    const faults = new Faults()
    faults.script({ kind: 'show', functionName: 'a', configuration: { State: 'Hibernating' }, times: 1 })
    const shown = (FunctionName: string) => faults.shown({ FunctionName, State: 'Active' }).State
    expect([shown('b'), shown('a'), shown('a')]).toEqual(['Active', 'Hibernating', 'Active'])
  })
})
