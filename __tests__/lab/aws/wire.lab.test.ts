import * as ecrCommands from '@aws-sdk/client-ecr'
import { CreateRepositoryCommand, DeleteRepositoryPolicyCommand, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import * as lambdaCommands from '@aws-sdk/client-lambda'
import * as s3Commands from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import type { Call } from '../../../lab/aws/calls.ts'
import { ecrOperations } from '../../../lab/aws/ecr/operations.ts'
import { ROUTES } from '../../../lab/aws/protocol/rest-json.ts'
import type { Refusal } from '../../../lab/aws/refusals.ts'
import { s3Operations } from '../../../lab/aws/s3/operations.ts'
import { makeLifecyclePolicy } from '../../builders/lifecycle.ts'
import { buildZip } from '../../builders/zip.ts'
import { runWithBotocore } from './botocore.ts'
import { ROLE, type Started, started, uniqueName } from './started.ts'
import { pushIndexOf, pushTinyImage } from './tiny-image.ts'

// The lab's parts may be installed first, and share the machine with other tests.
async function wireFaults(calls: readonly Call[]): Promise<string[]> {
  const control = calls.filter(({ service, answer }) => service !== 'registry' && answer.status !== 0)
  return JSON.parse(await runWithBotocore('wire_check.py', { input: JSON.stringify(control) })) as string[]
}

/** Sends a command and takes an error for an answer: what counts here is the bytes. */
const send = (sending: Promise<unknown>) => sending.catch((error: unknown) => error)

describe('every answer fits the service models of botocore', () => {
  it('when all goes well, and in every refusal the stand-in has words for', async () => {
    await using lab = await started({
      runtime: {
        run: async () => ({ payload: Buffer.from('{"errorType":"E","errorMessage":"m"}'), failed: true, log: 'log' }),
        close: async () => {},
      },
    })
    await exerciseEcr(lab)
    await exerciseLambda(lab)
    await exerciseS3(lab)
    await exerciseLayers(lab)
    await lab.sts.send(new GetCallerIdentityCommand({}))

    expect(await wireFaults(lab.aws.calls)).toEqual([])
    const seen = new Set(lab.aws.calls.filter(({ answer }) => answer.status < 300).map(({ operation }) => operation))
    const known = [
      ...ROUTES.map(({ operation }) => operation),
      ...Object.keys(ecrOperations({} as never)),
      ...Object.keys(s3Operations({} as never, '')),
    ]
    expect(known.filter((operation) => !seen.has(operation))).toEqual([])
  })

  it.each<Refusal>([
    'throttled',
    'access-denied',
    'conflict',
    'internal',
    'invalid-credentials',
    'expired-credentials',
  ])('when it is scripted to say: %s', async (error) => {
    await using lab = await started()
    lab.aws.script({ kind: 'refuse', operation: '*', error })
    await send(lab.ecr.send(new ecrCommands.DescribeRepositoriesCommand({})))
    await send(lab.lambda.send(new lambdaCommands.UpdateFunctionCodeCommand({ FunctionName: 'fn', ImageUri: 'x' })))
    await send(lab.s3.send(new s3Commands.PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })))
    await send(lab.s3.send(new s3Commands.HeadBucketCommand({ Bucket: 'b' })))
    await send(lab.sts.send(new GetCallerIdentityCommand({})))
    expect(lab.aws.calls.map(({ answer }) => answer.status >= 400)).toEqual([true, true, true, true, true])
    expect(await wireFaults(lab.aws.calls)).toEqual([])
  })
})

describe('the comparison itself', () => {
  it.each([
    ['an unknown member', { FunctionName: 'fn', Colour: 'blue' }, 'GetFunctionConfiguration.Colour: unknown member'],
    ['a wrong type', { MemorySize: '128' }, 'GetFunctionConfiguration.MemorySize: str instead of integer MemorySize'],
    ['an unknown state', { State: 'Asleep' }, "GetFunctionConfiguration.State: 'Asleep' is not in the enum State"],
  ])('finds %s', async (_, body, fault) => {
    const headers = { 'x-amzn-requestid': 'id' }
    const answer = { status: 200, headers, body: JSON.stringify(body) }
    const call = { service: 'lambda' as const, operation: 'GetFunctionConfiguration', input: {}, answer }
    expect(await wireFaults([call])).toEqual([`lambda:GetFunctionConfiguration (200): ${fault}`])
  })
})

async function exerciseEcr({ ecr, push }: Started): Promise<void> {
  const repositoryName = uniqueName('wire')
  const repository = { repositoryName }
  const create = () => send(ecr.send(new CreateRepositoryCommand({ ...repository, imageTagMutability: 'IMMUTABLE' })))
  await create()
  await create()
  await send(ecr.send(new CreateRepositoryCommand({ repositoryName: 'No' })))
  const image = await pushTinyImage(await push(repositoryName, 'v1'))
  const other = await pushTinyImage(await push(repositoryName, 'v2'))
  const policyText = '{"Version":"2012-10-17","Statement":[]}'
  await send(ecr.send(new ecrCommands.GetRepositoryPolicyCommand(repository)))
  await ecr.send(new SetRepositoryPolicyCommand({ ...repository, policyText }))
  await send(ecr.send(new SetRepositoryPolicyCommand({ ...repository, policyText: '{' })))
  await ecr.send(new ecrCommands.GetRepositoryPolicyCommand(repository))
  await ecr.send(new DeleteRepositoryPolicyCommand(repository))
  await send(ecr.send(new ecrCommands.GetLifecyclePolicyCommand(repository)))
  await send(ecr.send(new ecrCommands.PutLifecyclePolicyCommand({ ...repository, lifecyclePolicyText: '{' })))
  const rule = makeLifecyclePolicy({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 })
  const lifecyclePolicyText = JSON.stringify(rule)
  await ecr.send(new ecrCommands.PutLifecyclePolicyCommand({ ...repository, lifecyclePolicyText }))
  await ecr.send(new ecrCommands.GetLifecyclePolicyCommand(repository))
  await ecr.send(new ecrCommands.DeleteLifecyclePolicyCommand(repository))
  const ids = [{ imageTag: 'v1' }, { imageTag: 'absent' }, { imageDigest: 'x' }, {}]
  await ecr.send(new ecrCommands.BatchGetImageCommand({ ...repository, imageIds: ids }))
  await ecr.send(new ecrCommands.DescribeRepositoriesCommand({}))
  await ecr.send(new ecrCommands.DescribeImagesCommand({ ...repository, filter: { tagStatus: 'TAGGED' } }))
  for (const imageTag of ['v1', 'absent']) {
    await send(ecr.send(new ecrCommands.DescribeImagesCommand({ ...repository, imageIds: [{ imageTag }] })))
  }
  const put = (imageManifest: string, imageTag: string, more: object = {}) =>
    send(ecr.send(new ecrCommands.PutImageCommand({ ...repository, imageManifest, imageTag, ...more })))
  await put(image.manifest, 'v3')
  await put(image.manifest, 'v1')
  await put(other.manifest, 'v1')
  await put(other.manifest, 'v4', { imageDigest: `sha256:${'0'.repeat(64)}` })
  await put('{}', 'v5')
  await put(image.manifest.replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${'1'.repeat(64)}`), 'v6')
  for (const Command of [ecrCommands.DescribeImagesCommand, ecrCommands.GetRepositoryPolicyCommand]) {
    await send(ecr.send(new Command({ repositoryName: 'absent' }) as ecrCommands.DescribeImagesCommand))
  }
}

async function exerciseLambda({ aws, ecr, lambda, push }: Started): Promise<void> {
  const repositoryName = uniqueName('wire')
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const [first, second] = [
    await pushTinyImage(await push(repositoryName, '1')),
    await pushTinyImage(await push(repositoryName, '2')),
  ]
  await pushIndexOf(await push(repositoryName, 'index'), first)
  const uri = (reference: string) => `${aws.registryHost}/${repositoryName}${reference}`
  const fn = { FunctionName: uniqueName('fn') }
  const create = (ImageUri: string, more: object = {}) =>
    send(
      lambda.send(
        new lambdaCommands.CreateFunctionCommand({
          ...fn,
          PackageType: 'Image',
          Role: ROLE,
          Code: { ImageUri },
          ...more,
        }),
      ),
    )
  const update = (ImageUri: string, more: object = {}) =>
    send(lambda.send(new lambdaCommands.UpdateFunctionCodeCommand({ ...fn, ImageUri, ...more })))
  const settle = async () => {
    for (let polls = 0; polls < 3; polls += 1) {
      await send(lambda.send(new lambdaCommands.GetFunctionConfigurationCommand(fn)))
    }
  }
  const invoke = () => send(lambda.send(new lambdaCommands.InvokeCommand({ ...fn, LogType: 'Tail' })))

  for (const bad of [':index', ':absent', '']) await create(uri(bad))
  await create(uri(':1'), { Role: 'nobody' })
  await create(uri(`@${first.digest}`), {
    Environment: { Variables: { A: 'b' } },
    ImageConfig: { Command: ['app.handler'] },
    Tags: { team: 'shop' },
  })
  await create(uri(':1'))
  await update(uri(':2'))
  await invoke()
  await lambda.send(new lambdaCommands.GetFunctionCommand(fn))
  await settle()
  await invoke()
  await update(uri(':2'), { RevisionId: 'stale' })
  await update(uri(':index'))
  await update(uri(`@${second.digest}`), { Publish: true })
  await update(uri(':2'))
  await settle()
  await lambda.send(new lambdaCommands.UpdateFunctionConfigurationCommand({ ...fn, MemorySize: 256 }))
  await settle()
  aws.script({ kind: 'outcome', of: 'update', polls: 0, failed: { code: 'InvalidImage', reason: 'bad' }, times: 1 })
  await update(uri(':1'))
  await settle()
  await lambda.send(new lambdaCommands.PublishVersionCommand(fn))
  await send(lambda.send(new lambdaCommands.PublishVersionCommand({ ...fn, CodeSha256: 'other' })))
  await lambda.send(new lambdaCommands.ListVersionsByFunctionCommand(fn))
  const alias = { ...fn, Name: 'live' }
  await send(lambda.send(new lambdaCommands.GetAliasCommand(alias)))
  await lambda.send(new lambdaCommands.CreateAliasCommand({ ...alias, FunctionVersion: '1' }))
  await send(lambda.send(new lambdaCommands.CreateAliasCommand({ ...alias, FunctionVersion: '1' })))
  await lambda.send(new lambdaCommands.UpdateAliasCommand({ ...alias, FunctionVersion: '2' }))
  await send(lambda.send(new lambdaCommands.UpdateAliasCommand({ ...alias, FunctionVersion: '9' })))
  await lambda.send(new lambdaCommands.GetAliasCommand(alias))
  await lambda.send(new lambdaCommands.ListAliasesCommand(fn))
  await lambda.send(new lambdaCommands.DeleteAliasCommand(alias))
  await lambda.send(new lambdaCommands.DeleteFunctionCommand(fn))
  await send(lambda.send(new lambdaCommands.GetFunctionCommand(fn)))
}

async function exerciseS3({ aws, s3 }: Started): Promise<void> {
  const bucket = { Bucket: uniqueName('bucket') }
  const object = { ...bucket, Key: 'layers/a b.zip' }
  await s3.send(new s3Commands.CreateBucketCommand(bucket))
  await s3.send(new s3Commands.HeadBucketCommand({ ...bucket, ExpectedBucketOwner: aws.accountId }))
  await s3.send(new s3Commands.GetBucketLocationCommand(bucket))
  await s3.send(new s3Commands.PutObjectCommand({ ...object, Body: 'zip' }))
  await send(s3.send(new s3Commands.PutObjectCommand({ ...object, Body: 'zip', ChecksumSHA256: 'AAAA' })))
  await s3.send(new s3Commands.HeadObjectCommand(object))
  await s3.send(new s3Commands.GetObjectCommand(object))
  await s3.send(new s3Commands.DeleteObjectCommand(object))
  await send(s3.send(new s3Commands.HeadObjectCommand(object)))
  await send(s3.send(new s3Commands.GetObjectCommand(object)))
  const far = { Bucket: aws.bucket(uniqueName('far'), { region: 'us-east-1', owner: '999999999999' }).name }
  await send(s3.send(new s3Commands.HeadBucketCommand(far)))
  await send(s3.send(new s3Commands.PutObjectCommand({ ...far, Key: 'k', Body: 'x' })))
  await s3.send(new s3Commands.GetBucketLocationCommand(far))
  const foreign = { Bucket: aws.bucket(uniqueName('foreign'), { owner: '999999999999' }).name }
  const expected = { ExpectedBucketOwner: aws.accountId }
  await send(s3.send(new s3Commands.PutObjectCommand({ ...foreign, ...expected, Key: 'k', Body: 'x' })))
  await send(s3.send(new s3Commands.PutObjectCommand({ Bucket: 'absent', Key: 'k', Body: 'x' })))
  await s3.send(new s3Commands.DeleteBucketCommand(bucket))
}

async function exerciseLayers({ lambda }: Started): Promise<void> {
  const LayerName = uniqueName('layer')
  const ZipFile = buildZip([{ name: 'python/a.py', content: 'x = 1' }])
  const publish = (Content: object, more: object = {}) =>
    send(lambda.send(new lambdaCommands.PublishLayerVersionCommand({ LayerName, Content, ...more })))
  await publish(
    { ZipFile },
    { CompatibleRuntimes: ['python3.13'], CompatibleArchitectures: ['arm64'], LicenseInfo: 'MIT' },
  )
  await publish({ ZipFile: Buffer.from('no zip') })
  await publish({ ZipFile: Buffer.alloc(52_430_000) })
  await publish({ ZipFile }, { Description: 'x'.repeat(257) })
  await publish({ S3Bucket: 'absent', S3Key: 'k' })
  const version = { LayerName, VersionNumber: 1 }
  const { LayerVersionArn: Arn } = await lambda.send(new lambdaCommands.GetLayerVersionCommand(version))
  await lambda.send(new lambdaCommands.GetLayerVersionByArnCommand({ Arn }))
  await send(lambda.send(new lambdaCommands.GetLayerVersionCommand({ LayerName, VersionNumber: 9 })))
  await lambda.send(new lambdaCommands.ListLayerVersionsCommand({ LayerName }))
  await lambda.send(new lambdaCommands.ListLayersCommand({}))
  await send(lambda.send(new lambdaCommands.GetLayerVersionPolicyCommand(version)))
  const grant = { ...version, StatementId: 's1', Action: 'lambda:GetLayerVersion', Principal: '*' }
  const add = (more: object) =>
    send(lambda.send(new lambdaCommands.AddLayerVersionPermissionCommand({ ...grant, ...more })))
  for (const more of [
    { OrganizationId: 'o-abcdefghij' },
    {},
    { Principal: 'nobody', StatementId: 's2' },
    { RevisionId: 'stale' },
  ]) {
    await add(more)
  }
  await lambda.send(new lambdaCommands.GetLayerVersionPolicyCommand(version))
  const remove = () =>
    send(lambda.send(new lambdaCommands.RemoveLayerVersionPermissionCommand({ ...version, StatementId: 's1' })))
  await remove()
  await remove()
  const fn = { FunctionName: uniqueName('zip') }
  await lambda.send(
    new lambdaCommands.CreateFunctionCommand({
      ...{ ...fn, Role: ROLE, Runtime: 'python3.13', Handler: 'app.handler' },
      Code: { ZipFile },
      Layers: [Arn ?? ''],
    }),
  )
  await lambda.send(new lambdaCommands.GetFunctionCommand(fn))
  for (let polls = 0; polls < 3; polls += 1) await lambda.send(new lambdaCommands.GetFunctionConfigurationCommand(fn))
  const attach = (Layers: string[]) =>
    send(lambda.send(new lambdaCommands.UpdateFunctionConfigurationCommand({ ...fn, Layers })))
  for (const layers of [[`${Arn}9`], ['not-an-arn'], [Arn ?? '']]) await attach(layers)
  await lambda.send(new lambdaCommands.ListFunctionsCommand({ FunctionVersion: 'ALL' }))
  await lambda.send(new lambdaCommands.DeleteLayerVersionCommand(version))
}
