import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Runtime } from '../../../lab/aws/lambda/invoke.ts'
import { buildZip } from '../../builders/zip.ts'
import { ROLE, type Started, started, uniqueName } from './started.ts'
import { pushIndexOf, pushTinyImage } from './tiny-image.ts'

// The lab's parts may be installed first, and share the machine with other tests.
/** Answers with the digest it was asked to run, or with how many zips. */
const echo: Runtime = {
  run: async (asked) => {
    const what = 'reference' in asked ? { reference: asked.reference } : { zips: 1 + asked.layers.length }
    return { payload: Buffer.from(JSON.stringify(what)), failed: false, log: 'ran\n' }
  },
  close: async () => {},
}

let lab: Started
let repositoryName: string
beforeAll(async () => {
  lab = await started({ runtime: echo })
  repositoryName = uniqueName('functions')
  await lab.ecr.send(new CreateRepositoryCommand({ repositoryName }))
})
afterAll(() => lab.aws.stop())

async function pushed(options: { architecture?: string } = {}): Promise<string> {
  const image = await pushTinyImage(await lab.push(repositoryName, uniqueName('v')), options)
  return `${lab.aws.registryHost}/${repositoryName}@${image.digest}`
}

const poll = async (FunctionName: string) => lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))

async function create(ImageUri: string, FunctionName = uniqueName('fn')): Promise<string> {
  await lab.lambda.send(
    new CreateFunctionCommand({ FunctionName, PackageType: 'Image', Role: ROLE, Code: { ImageUri } }),
  )
  return FunctionName
}

async function createActive(ImageUri: string): Promise<string> {
  const name = await create(ImageUri)
  for (let polls = 0; polls < 3; polls += 1) await poll(name)
  return name
}

const update = (FunctionName: string, ImageUri: string, more: object = {}) =>
  lab.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ImageUri, ...more }))

describe('creation', () => {
  it('is Pending for two polls, then Active under another revision', async () => {
    const image = await pushed()
    const name = await create(image)
    const seen = [await poll(name), await poll(name), await poll(name), await poll(name)]
    expect(
      seen.map(({ State, StateReasonCode, LastUpdateStatus }) => [State, StateReasonCode, LastUpdateStatus]),
    ).toEqual([
      ['Pending', 'Creating', undefined],
      ['Pending', 'Creating', undefined],
      ['Active', undefined, 'Successful'],
      ['Active', undefined, 'Successful'],
    ])
    const revisions = seen.map(({ RevisionId }) => RevisionId)
    expect(revisions[0]).toBe(revisions[1])
    expect(revisions[2]).not.toBe(revisions[1])
    expect(revisions[3]).toBe(revisions[2])
    expect(seen[0]?.CodeSha256).toBe(image.split('@sha256:')[1])
  })

  it('resolves a tag once: GetFunction shows both', async () => {
    const tagged = await pushTinyImage(await lab.push(repositoryName, 'moving'))
    const name = await create(`${lab.aws.registryHost}/${repositoryName}:moving`)
    await pushTinyImage(await lab.push(repositoryName, 'moving'))
    const { Code } = await lab.lambda.send(new GetFunctionCommand({ FunctionName: name }))
    expect(Code).toEqual({
      RepositoryType: 'ECR',
      ImageUri: `${lab.aws.registryHost}/${repositoryName}:moving`,
      ResolvedImageUri: `${lab.aws.registryHost}/${repositoryName}@${tagged.digest}`,
    })
  })

  it('refuses an index, a missing image and an image of another registry in the words of AWS', async () => {
    const child = await pushTinyImage(await lab.push(repositoryName, 'child'))
    await pushIndexOf(await lab.push(repositoryName, 'index'), child)
    const base = `${lab.aws.registryHost}/${repositoryName}`
    await expect(create(`${base}:index`)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `The image manifest, config or layer media type for the source image ${base}:index is not supported.`,
    })
    await expect(create(`${base}:absent`)).rejects.toThrow(
      `Source image ${base}:absent does not exist. Provide a valid source image.`,
    )
    for (const bad of [base, 'public.ecr.aws/lambda/nodejs:22']) {
      await expect(create(bad)).rejects.toThrow(`Source image ${bad} is not valid. Provide a valid source image.`)
    }
  })

  it('of a layer that only unpacking finds bad ends Failed', async () => {
    const layerMediaType = 'application/vnd.docker.image.rootfs.diff.tar'
    const image = await pushTinyImage(await lab.push(repositoryName, 'plain-tar'), { layerMediaType })
    const name = await createActive(`${lab.aws.registryHost}/${repositoryName}@${image.digest}`)
    expect(await poll(name)).toMatchObject({ State: 'Failed', StateReasonCode: 'InvalidImage' })
  })

  it('from another account needs that repository to let Lambda in', async () => {
    const shared = uniqueName('shared')
    await lab.ecr.send(new CreateRepositoryCommand({ repositoryName: shared, registryId: '210987654321' }))
    const image = await pushTinyImage(await lab.push(shared, 'v1'))
    await expect(create(`${lab.aws.registryHost}/${shared}@${image.digest}`)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    })
  })
})

describe('update', () => {
  it('is InProgress for two polls with the old code running, then Successful under another revision', async () => {
    const [old, now] = [await pushed(), await pushed()]
    const name = await createActive(old)
    const before = await poll(name)
    const answer = await update(name, now, { RevisionId: before.RevisionId })
    expect(answer).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
    })
    expect(await run(name)).toEqual({ reference: old })
    const seen = [await poll(name), await poll(name), await poll(name)]
    expect(seen.map(({ LastUpdateStatus }) => LastUpdateStatus)).toEqual(['InProgress', 'InProgress', 'Successful'])
    expect(new Set([before, answer, seen[2]].map((it) => it?.RevisionId)).size).toBe(3)
    expect(await run(name)).toEqual({ reference: now })
  })

  it('that fails leaves the function Active on the old code', async () => {
    const [old, now] = [await pushed(), await pushed()]
    const name = await createActive(old)
    lab.aws.script({
      ...{ kind: 'outcome', of: 'update', functionName: name, polls: 0, times: 1 },
      failed: { code: 'InvalidImage', reason: 'ImageLayerFailure: UnsupportedImageLayerDetected' },
    })
    await update(name, now)
    expect(await poll(name)).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReasonCode: 'InvalidImage',
    })
    expect(await run(name)).toEqual({ reference: old })
  })

  it('is refused while another is on its way, until that one has ended', async () => {
    const image = await pushed()
    const name = await create(image)
    await expect(update(name, image)).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message:
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    })
    await poll(name)
    await poll(name)
    await update(name, image)
    await expect(update(name, image)).rejects.toThrow(
      `An update is in progress for resource: arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
    )
  })

  it('refuses a stale revision, a wrong package type, a version and an unknown function', async () => {
    const image = await pushed()
    const name = await createActive(image)
    await expect(update(name, image, { RevisionId: 'stale' })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    })
    await expect(
      lab.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: Buffer.from('zip') })),
    ).rejects.toThrow('Please provide ImageUri when updating a function with packageType Image.')
    await expect(update(`${name}:1`, image)).rejects.toThrow('does not support versions other than $LATEST')
    await expect(update('absent', image)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-central-1:123456789012:function:absent',
    })
    const zip = uniqueName('zip')
    await lab.lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName: zip, Role: ROLE, Runtime: 'nodejs22.x', Handler: 'app.handler' },
        Code: { ZipFile: buildZip([{ name: 'app.mjs' }]) },
      }),
    )
    for (let polls = 0; polls < 3; polls += 1) await poll(zip)
    await expect(update(zip, image)).rejects.toThrow(
      "Please don't provide ImageUri when updating a function with packageType Zip.",
    )
  })

  it('with DryRun changes nothing', async () => {
    const [old, now] = [await pushed(), await pushed()]
    const name = await createActive(old)
    const before = await poll(name)
    expect((await update(name, now, { DryRun: true })).CodeSha256).toBe(now.split('@sha256:')[1])
    expect((await poll(name)).RevisionId).toBe(before.RevisionId)
  })
})

describe('versions and aliases', () => {
  it('publishes a version once per code and moves an alias to it', async () => {
    const name = await createActive(await pushed())
    const publish = () => lab.lambda.send(new PublishVersionCommand({ FunctionName: name }))
    expect((await publish()).Version).toBe('1')
    expect((await publish()).Version).toBe('1')
    await update(name, await pushed())
    await expect(publish()).rejects.toMatchObject({ name: 'ResourceConflictException' })
    for (let polls = 0; polls < 3; polls += 1) await poll(name)
    expect((await publish()).Version).toBe('2')
    const { Versions } = await lab.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: name }))
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2'])

    const alias = { FunctionName: name, Name: 'live' }
    await expect(lab.lambda.send(new GetAliasCommand(alias))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await lab.lambda.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1' }))
    await lab.lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: '2' }))
    expect(await lab.lambda.send(new GetAliasCommand(alias))).toMatchObject({ FunctionVersion: '2' })
    const invoked = await lab.lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: 'live' }))
    expect(invoked.ExecutedVersion).toBe('2')
  })
})

async function run(FunctionName: string): Promise<unknown> {
  const { Payload } = await lab.lambda.send(new InvokeCommand({ FunctionName }))
  return JSON.parse(Buffer.from(Payload ?? []).toString('utf8'))
}

describe('invocation', () => {
  it('gives the log tail when asked for', async () => {
    const name = await createActive(await pushed())
    const { LogResult } = await lab.lambda.send(new InvokeCommand({ FunctionName: name, LogType: 'Tail' }))
    expect(Buffer.from(LogResult ?? '', 'base64').toString()).toBe('ran\n')
    const { StatusCode } = await lab.lambda.send(new InvokeCommand({ FunctionName: name, InvocationType: 'DryRun' }))
    expect(StatusCode).toBe(204)
  })

  it('of an image of another architecture fails, which its deployment did not', async () => {
    const name = await createActive(await pushed({ architecture: 'arm64' }))
    const { FunctionError, Payload } = await lab.lambda.send(new InvokeCommand({ FunctionName: name }))
    expect(FunctionError).toBe('Unhandled')
    expect(Buffer.from(Payload ?? []).toString()).toContain('exec format error')
  })

  it('is refused while the function is Pending', async () => {
    const name = await create(await pushed())
    await expect(run(name)).rejects.toMatchObject({ name: 'ResourceConflictException' })
  })
})

describe('deletion', () => {
  it('forgets the function', async () => {
    const name = await createActive(await pushed())
    await lab.lambda.send(new DeleteFunctionCommand({ FunctionName: name }))
    await expect(poll(name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})
