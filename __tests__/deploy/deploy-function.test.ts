import { describe, expect, it } from 'vitest'
import { deployFunction } from '../../src/deploy/deploy-function.ts'
import type { DeployRequest } from '../../src/deploy/deployment.ts'
import { ActionError } from '../../src/errors.ts'
import type { DeployPlan } from '../../src/plan/plan.ts'
import type { CreateAnswer, LambdaApi, LambdaFunction, UpdateAnswer } from '../../src/ports/lambda-api.ts'
import { imageUri } from '../../src/publish/image-uri.ts'
import type { Deployment } from '../../src/report/report.ts'
import {
  fakeLambda,
  inTurn,
  makeConfiguration,
  makeDeployPlan,
  makeFunction,
  makePublication,
} from '../builders/aws.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const image = makePublication()
const ROLE = 'arn:aws:iam::123456789012:role/get-customer'
const CREATE: Partial<DeployPlan> = { action: 'create', role: ROLE }
const conflict = new ActionError('conflict', 'An update is in progress.', { help: '' })
const updating = makeConfiguration({ lastUpdateStatus: 'InProgress' })
const accepted: UpdateAnswer & CreateAnswer = { outcome: 'accepted', configuration: updating }
const running = makeFunction({ codeSha256: 'd'.repeat(64), resolvedImageUri: imageUri(image) })

function scene(lambda: Partial<LambdaApi>, plan: Partial<DeployPlan> = {}, more: Partial<DeployRequest> = {}) {
  const clock = fakeClock()
  const log = fakeLog()
  const told: Deployment[] = []
  const known = (deployment: Deployment) => void told.push(deployment)
  const request: DeployRequest = {
    plan: makeDeployPlan(plan),
    architecture: 'x86_64',
    image,
    deadline: 600_000,
    ...more,
  }
  const ports = { lambda: fakeLambda(lambda), clock, log, known, signal: new AbortController().signal }
  return { clock, log, told, run: () => deployFunction(request, ports) }
}

/** Answers in turn, and keeps what was asked. */
function recorded<Args extends unknown[], T>(...answers: readonly (T | Error)[]) {
  const next = inTurn<T>(...answers)
  const asked: Args[] = []
  return Object.assign(
    async (...given: Args) => {
      asked.push(given)
      return await next()
    },
    { asked },
  )
}

describe('a function that exists', () => {
  it('whose creation failed is not waited for when Lambda refuses the update', async () => {
    const ended = makeFunction({ state: 'Failed', stateReasonCode: 'InvalidImage' })
    const updateFunctionCode = recorded<unknown[], UpdateAnswer>(conflict)
    const { clock, run } = scene({ getFunction: inTurn(ended), updateFunctionCode })
    await expect(run()).rejects.toMatchObject({
      code: 'function-failed',
      message: expect.stringContaining('Failed (InvalidImage)'),
      help: expect.stringContaining('aws lambda delete-function'),
    })
    expect(updateFunctionCode.asked).toHaveLength(1)
    expect(clock.now()).toBe(0)
  })

  it('whose creation failed is updated where Lambda takes it', async () => {
    const ended = makeFunction({ state: 'Failed', stateReasonCode: 'InvalidImage' })
    const { run } = scene({ getFunction: inTurn(ended), updateFunctionCode: inTurn(accepted) })
    expect(await run()).toMatchObject({ change: 'updated' })
  })

  it('is given the image by digest and its revision, and nothing else', async () => {
    const updateFunctionCode = recorded<unknown[], UpdateAnswer>(accepted)
    const { told, run } = scene({ getFunction: inTurn(makeFunction()), updateFunctionCode })
    const deployed = await run()
    expect(updateFunctionCode.asked).toEqual([['get-customer', imageUri(image), 'revision-1']])
    expect(deployed.change).toBe('updated')
    expect(told).toEqual([deployed.deployment])
    expect(deployed.deployment.before).toMatchObject({
      codeSha256: 'e'.repeat(64),
      imageUri: expect.stringContaining('@'),
    })
  })

  it('is left alone when it runs this digest', async () => {
    const { told, run } = scene({ getFunction: inTurn(running) })
    expect(await run()).toMatchObject({ change: 'none' })
    expect(told).toHaveLength(1)
  })

  it('is updated without its qualifier, with a word about aliases', async () => {
    const getFunction = recorded<unknown[], LambdaFunction>(running)
    const { log, run } = scene({ getFunction }, { functionName: `${running.functionArn}:live` })
    await run()
    expect(getFunction.asked).toEqual([[running.functionArn]])
    expect(log.lines[0]).toMatch(/^warning: function-name ends in the qualifier live/)
  })

  it('is waited for while an earlier change is in progress, then read anew', async () => {
    const updateFunctionCode = recorded<unknown[], UpdateAnswer>(accepted)
    const { clock, run } = scene({
      getFunction: inTurn(
        makeFunction({ lastUpdateStatus: 'InProgress' }),
        makeFunction({ state: 'Pending' }),
        makeFunction({ revisionId: 'revision-2' }),
      ),
      updateFunctionCode,
    })
    await run()
    expect(clock.slept).toEqual([500, 1000])
    expect(updateFunctionCode.asked).toEqual([['get-customer', imageUri(image), 'revision-2']])
  })

  it('is not updated when the change in progress was to this image', async () => {
    const { run } = scene({ getFunction: inTurn({ ...running, lastUpdateStatus: 'InProgress' }, running) })
    expect(await run()).toMatchObject({ change: 'none' })
  })

  it.each<[string, UpdateAnswer | Error]>([
    ['a conflict', conflict],
    ['throttling', new ActionError('throttled', 'Rate exceeded', { help: '' })],
    ['a changed revision', { outcome: 'revision-changed' }],
  ])('is read and tried again after %s', async (_what, answer) => {
    const updateFunctionCode = recorded<unknown[], UpdateAnswer>(answer, accepted)
    const getFunction = inTurn(makeFunction(), makeFunction({ revisionId: 'revision-2' }))
    const { run } = scene({ getFunction, updateFunctionCode })
    expect(await run()).toMatchObject({ change: 'updated' })
    expect(updateFunctionCode.asked.map(([, , revision]) => revision)).toEqual(['revision-1', 'revision-2'])
  })

  it('is given up at the deadline, with what is known', async () => {
    const { told, run } = scene({
      getFunction: inTurn(makeFunction()),
      updateFunctionCode: inTurn<UpdateAnswer>(conflict),
    })
    await expect(run()).rejects.toBe(conflict)
    expect(told.at(-1)?.before).toBeDefined()
  })

  it.each([
    [{ packageType: 'Zip' }, 'package-type-mismatch'],
    [{ architectures: ['arm64'] }, 'invalid-input'],
  ])('is not touched when it is %j', async (change, code) => {
    const { run } = scene({ getFunction: inTurn(makeFunction(change)) })
    await expect(run()).rejects.toMatchObject({ code })
  })

  it('is not read again after a denial', async () => {
    const denied = new ActionError('access-denied', 'lambda:GetFunction is denied', { help: '' })
    const { clock, run } = scene({ getFunction: inTurn<LambdaFunction>(denied) })
    await expect(run()).rejects.toBe(denied)
    expect(clock.slept).toEqual([])
  })
})

describe('an image that Lambda may not pull', () => {
  const refused: UpdateAnswer = { outcome: 'image-denied', reason: 'Lambda does not have permission.' }
  const lambda = { getFunction: inTurn(makeFunction()), updateFunctionCode: inTurn(refused) }

  it('of the same account: the caller lacks two permissions', async () => {
    await expect(scene(lambda).run()).rejects.toMatchObject({
      code: 'access-denied',
      message: `${image.repositoryUri}: Lambda does not have permission.`,
      help: expect.stringContaining('ecr:SetRepositoryPolicy'),
    })
  })

  it('of another account: the exact statements for the function’s account', async () => {
    await expect(scene(lambda, {}, { registryId: '999988887777' }).run()).rejects.toMatchObject({
      help: expect.stringMatching(
        /share-with: 123456789012 .*"Sid": "CrossAccountPermission".*arn:aws:lambda:eu-west-1:123456789012:function:\*/s,
      ),
    })
  })
})

describe('a function that does not exist', () => {
  const absent = { getFunction: inTurn(undefined) }

  it('is an error without a role', async () => {
    await expect(scene(absent).run()).rejects.toMatchObject({
      code: 'function-not-found',
      help: expect.stringContaining('Give role'),
    })
  })

  it('is created from the image with role, architecture, and what was asked for', async () => {
    const createFunction = recorded<unknown[], CreateAnswer>(accepted)
    const { told, run } = scene({ ...absent, createFunction }, { ...CREATE, creation: { memorySize: 256 } })
    expect(await run()).toMatchObject({ change: 'created', deployment: { functionArn: updating.functionArn } })
    expect(createFunction.asked).toEqual([
      [
        {
          functionName: 'get-customer',
          imageUri: imageUri(image),
          role: ROLE,
          architecture: 'x86_64',
          memorySize: 256,
        },
      ],
    ])
    expect(told).toEqual([{ functionArn: updating.functionArn, waitedSeconds: 0, polls: 0 }])
  })

  it('is tried again while IAM spreads a new role, for a minute', async () => {
    const unready: CreateAnswer = { outcome: 'role-not-assumable', reason: 'The role cannot be assumed by Lambda.' }
    const soon = scene({ ...absent, createFunction: inTurn<CreateAnswer>(unready, unready, accepted) }, CREATE)
    expect(await soon.run()).toMatchObject({ change: 'created' })
    const never = scene({ ...absent, createFunction: inTurn(unready) }, CREATE)
    await expect(never.run()).rejects.toMatchObject({
      code: 'access-denied',
      help: expect.stringContaining('trust policy'),
    })
    expect(never.clock.now()).toBe(60_000)
  })

  it('is updated when somebody else creates it meanwhile', async () => {
    const { run } = scene(
      {
        getFunction: inTurn<LambdaFunction | undefined>(undefined, makeFunction()),
        createFunction: inTurn<CreateAnswer>({ outcome: 'exists' }),
        updateFunctionCode: inTurn<UpdateAnswer>(accepted),
      },
      CREATE,
    )
    expect(await run()).toMatchObject({ change: 'updated' })
  })

  it('names the account of the role when the image may not be pulled', async () => {
    const createFunction = inTurn<CreateAnswer>({ outcome: 'image-denied', reason: 'No permission.' })
    const { run } = scene({ ...absent, createFunction }, CREATE, { registryId: '999988887777' })
    await expect(run()).rejects.toMatchObject({ help: expect.stringContaining('share-with: 123456789012') })
  })
})
