import {
  AddLayerVersionPermissionCommand,
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  ListFunctionsCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildZip } from '../../builders/zip.ts'
import { ROLE, type Started, started, uniqueName } from './started.ts'

// The lab's parts may be installed first, and share the machine with other tests.
const ZIP = buildZip([{ name: 'python/a.py', content: 'x = 1' }])
const MEGABYTE = 1024 ** 2

let lab: Started
beforeAll(async () => {
  lab = await started()
})
afterAll(() => lab.aws.stop())

/** A zip that claims so many bytes unpacked, without having them. */
function claims(size: number): Buffer {
  return buildZip([{ name: 'lib/big', content: 'x', mode: 0o100644, claims: { size } }])
}

const publish = async (LayerName: string, ZipFile: Uint8Array = ZIP, more: object = {}) =>
  (await lab.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile }, ...more })))
    .LayerVersionArn ?? ''

async function zipFunction(more: object = {}): Promise<string> {
  const FunctionName = uniqueName('zip')
  const fn = { FunctionName, Role: ROLE, Runtime: 'python3.13', Handler: 'a.handler' } as const
  await lab.lambda.send(new CreateFunctionCommand({ ...fn, Code: { ZipFile: ZIP }, ...more }))
  await settle(FunctionName)
  return FunctionName
}

const look = (FunctionName: string) => lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
async function settle(name: string): Promise<void> {
  for (let polls = 0; polls < 3; polls += 1) await look(name)
}
const attach = (FunctionName: string, Layers: string[], more: object = {}) =>
  lab.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Layers, ...more }))

describe('layer versions', () => {
  it('are numbered for ever, listed newest first by pages, and the same bytes make a new one', async () => {
    const LayerName = uniqueName('layer')
    for (let number = 1; number <= 3; number += 1) await publish(LayerName)
    await lab.lambda.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: 3 }))
    expect(await publish(LayerName)).toMatch(/:4$/)
    const list = async (Marker?: string) => {
      const page = await lab.lambda.send(new ListLayerVersionsCommand({ LayerName, MaxItems: 2, Marker }))
      return { versions: page.LayerVersions?.map(({ Version }) => Version), next: page.NextMarker }
    }
    const first = await list()
    expect(first.versions).toEqual([4, 2])
    expect(await list(first.next)).toEqual({ versions: [1], next: undefined })
    const absent = await lab.lambda.send(new ListLayerVersionsCommand({ LayerName: 'never-there' }))
    expect(absent.LayerVersions).toEqual([])
  })

  it('are refused in the words of AWS when they are too large or no zip', async () => {
    const LayerName = uniqueName('layer')
    const tooLarge = (bytes: number) => publish(LayerName, Buffer.alloc(bytes))
    await expect(tooLarge(52_428_801)).rejects.toMatchObject({
      name: 'RequestEntityTooLargeException',
      message: 'Request must be smaller than 69905067 bytes for the PublishLayerVersion operation',
      $metadata: { httpStatusCode: 413 },
    })
    await expect(publish(LayerName, claims(262_144_000))).rejects.toThrow(
      'Unzipped size must be smaller than 262144000 bytes',
    )
    await expect(tooLarge(10)).rejects.toThrow('Could not unzip uploaded file')
  })

  it('are taken from a bucket of the region, and can be downloaded by range', async () => {
    const LayerName = uniqueName('layer')
    const bucket = lab.aws.bucket(uniqueName('bucket')).name
    await lab.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a.zip', Body: ZIP }))
    const from = (S3Bucket: string, S3Key: string) =>
      lab.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { S3Bucket, S3Key } }))
    await from(bucket, 'a.zip')
    await expect(from(bucket, 'b.zip')).rejects.toThrow('S3 Error Code: NoSuchKey')
    const far = lab.aws.bucket(uniqueName('far'), { region: 'us-east-1' }).name
    await expect(from(far, 'a.zip')).rejects.toThrow('The bucket is in this region: us-east-1')
    const { Content } = await lab.lambda.send(new GetLayerVersionCommand({ LayerName, VersionNumber: 1 }))
    const answer = await fetch(Content?.Location ?? '', { headers: { range: 'bytes=-22' } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([
      206,
      `bytes ${ZIP.length - 22}-${ZIP.length - 1}/${ZIP.length}`,
    ])
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(ZIP.subarray(-22))
  })

  it('are shared by statements of their own policy', async () => {
    const LayerName = uniqueName('layer')
    await publish(LayerName)
    const version = { LayerName, VersionNumber: 1 }
    const add = (StatementId: string, Principal: string, more: object = {}) =>
      lab.lambda.send(
        new AddLayerVersionPermissionCommand({
          ...version,
          StatementId,
          Principal,
          Action: 'lambda:GetLayerVersion',
          ...more,
        }),
      )
    await add('one', '210987654321')
    await add('all', '*', { OrganizationId: 'o-abcdefghij' })
    await expect(add('one', '*')).rejects.toMatchObject({ name: 'ResourceConflictException' })
    const { Policy } = await lab.lambda.send(new GetLayerVersionPolicyCommand(version))
    expect(JSON.parse(Policy ?? '')).toMatchObject({
      Statement: [
        { Sid: 'one', Principal: { AWS: 'arn:aws:iam::210987654321:root' }, Action: 'lambda:GetLayerVersion' },
        { Sid: 'all', Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } },
      ],
    })
    await expect(
      lab.lambda.send(new GetLayerVersionPolicyCommand({ LayerName, VersionNumber: 7 })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('a function with layers', () => {
  it('gets the whole list by an update on its way, with a new revision', async () => {
    const [one, other] = [await publish(uniqueName('one')), await publish(uniqueName('other'))]
    const name = await zipFunction({ Layers: [one] })
    const before = await look(name)
    await expect(attach(name, [other], { RevisionId: 'stale' })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    })
    const updated = await attach(name, [other, one], { RevisionId: before.RevisionId })
    expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress', Layers: [{ Arn: other }, { Arn: one }] })
    await expect(attach(name, [one])).rejects.toMatchObject({ name: 'ResourceConflictException' })
    await settle(name)
    expect(await look(name)).toMatchObject({ LastUpdateStatus: 'Successful' })
    const { Code } = await lab.lambda.send(new GetFunctionCommand({ FunctionName: name }))
    expect(Buffer.from(await (await fetch(Code?.Location ?? '')).arrayBuffer())).toEqual(ZIP)
  })

  it('is refused what AWS refuses', async () => {
    const name = await zipFunction()
    const layers = await Promise.all(Array.from({ length: 6 }, (_, index) => publish(uniqueName(`l${index}`))))
    const twice = uniqueName('twice')
    const [first, second] = [await publish(twice), await publish(twice)]
    const big = [
      await publish(uniqueName('big'), claims(200 * MEGABYTE)),
      await publish(uniqueName('big'), claims(60 * MEGABYTE)),
    ]
    await expect(attach(name, layers)).rejects.toThrow('Cannot reference more than 5 layers.')
    await expect(attach(name, [first, second])).rejects.toThrow('Two different versions of the same layer')
    await expect(attach(name, [`${first}9`])).rejects.toThrow('does not exist.')
    await expect(attach(name, [first.replace('eu-central-1', 'us-east-1')])).rejects.toThrow('not in the same region')
    await expect(attach(name, [first.replace('123456789012', '210987654321')])).rejects.toThrow(
      'is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:eu-central-1:210987654321:layer:',
    )
    await expect(attach(name, big)).rejects.toThrow(
      /exceeds the maximum allowed size of 262144000 bytes. The actual size is 272629\d+ bytes/,
    )
  })

  it('makes a version of its own when only its layers changed, and is listed by pages', async () => {
    const name = await zipFunction()
    const version = async () => (await lab.lambda.send(new PublishVersionCommand({ FunctionName: name }))).Version
    expect([await version(), await version()]).toEqual(['1', '1'])
    await attach(name, [await publish(uniqueName('new'))])
    await settle(name)
    expect(await version()).toBe('2')
    const names: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await lab.lambda.send(new ListFunctionsCommand({ MaxItems: 1, Marker }))
      expect(page.Functions?.[0]).not.toHaveProperty('State')
      names.push(page.Functions?.[0]?.FunctionName)
      Marker = page.NextMarker
    } while (Marker !== undefined)
    expect(names.length).toBeGreaterThan(1)
    expect(names).toContain(name)
  })
})
