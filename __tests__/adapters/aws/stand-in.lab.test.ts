import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { operations } from '../../../lab/aws/calls.ts'
import { aws } from '../../../src/adapters/aws/aws.ts'
import type { ImageArtifact } from '../../../src/artifact.ts'
import { deployFunction } from '../../../src/deploy/deploy-function.ts'
import type { DeployRequest } from '../../../src/deploy/deployment.ts'
import { imageRollout } from '../../../src/deploy/image-rollout.ts'
import { moveAlias } from '../../../src/deploy/move-alias.ts'
import { releaseVersion } from '../../../src/deploy/release-version.ts'
import { waitForFunction } from '../../../src/deploy/wait-for-function.ts'
import type { DeployPlan, PublishPlan } from '../../../src/plan/plan.ts'
import { imageUri } from '../../../src/publish/image-uri.ts'
import { publishImage } from '../../../src/publish/publish-image.ts'
import type { Deployment, ImagePublication } from '../../../src/report/report.ts'
import { makeDeployPlan, makePublishPlan } from '../../builders/aws.ts'
import { fakeClock, fakeLog } from '../../builders/ports.ts'
import { ROLE, type Started, started, uniqueName } from '../../lab/aws/started.ts'
import { pushTinyImage } from '../../lab/aws/tiny-image.ts'

const ACCESS_KEY = 'AKIASTANDIN'
let lab: Started
let services: ReturnType<typeof servicesOf>

beforeAll(async () => {
  lab = await started({ accessKeyId: ACCESS_KEY })
})
afterAll(() => lab.aws.stop())

beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL', lab.aws.endpoint)
  lab.aws.clearFaults()
  lab.aws.calls.length = 0
  services = servicesOf(ACCESS_KEY)
  return () => vi.unstubAllEnvs()
})

function servicesOf(accessKeyId: string, signal = new AbortController().signal) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const { ecr, lambda, sts } = aws(signal)
  const { region } = lab.aws
  return { ecr: () => ecr(region), lambda: () => lambda(region), sts: () => sts(region) }
}

const NO_PUSH = { session: () => Promise.reject(new Error('nothing is to be pushed here')) }

/** Publishes a new image that the repository has under another tag already. */
async function publish(repository: string, change: Partial<PublishPlan> = {}) {
  const image = await pushTinyImage(await lab.push(repository, uniqueName('seed')))
  const plan = makePublishPlan({ repository, tags: ['v1'], region: lab.aws.region, ...change })
  const artifact: ImageArtifact = { reference: 'local:1', id: image.digest, origin: 'built' }
  const ports = { ecr: services.ecr(), registry: NO_PUSH, log: fakeLog(), known: () => undefined }
  return await publishImage(plan, artifact, 'x86_64', ports)
}

async function newRepository(): Promise<string> {
  const name = uniqueName('publish')
  await services.ecr().createRepository({ name })
  return name
}

function deploy(image: ImagePublication, plan: Partial<DeployPlan>) {
  const clock = fakeClock()
  const log = fakeLog()
  const told: Deployment[] = []
  const known = (one: Deployment) => void told.push(one)
  const ports = { lambda: services.lambda(), clock, log, known, signal: new AbortController().signal }
  const request: DeployRequest = {
    plan: makeDeployPlan({ region: lab.aws.region, ...plan }),
    architecture: 'x86_64',
    image,
    deadline: 60_000,
  }
  const run = async () => {
    const { change, deployment } = await deployFunction(request, ports)
    const waited = await waitForFunction(imageRollout(request), deployment, ports)
    const released = await releaseVersion(imageRollout(request), waited, ports)
    const { alias: name } = request.plan
    const { versionPublished: to } = released
    if (name === undefined || to === undefined) return { change, deployment: released }
    const aliasArn = await moveAlias({ name, to, deadline: request.deadline }, released, ports)
    return { change, aliasArn, deployment: told.at(-1) ?? released }
  }
  return { log, told, run }
}

const written = () => operations(lab.aws.calls).filter((name) => /^(?:ecr|lambda):(?!Get|Describe|Batch)/.test(name))

describe('ECR', () => {
  it('tells a missing repository, and creates one that scans and whose tags are immutable', async () => {
    const name = uniqueName('publish')
    expect(await services.ecr().repository({ name })).toBeUndefined()
    const created = await services.ecr().createRepository({ name })
    expect(created).toEqual({
      name,
      registryId: lab.aws.accountId,
      arn: `arn:aws:ecr:${lab.aws.region}:${lab.aws.accountId}:repository/${name}`,
      uri: `${lab.aws.registryHost}/${name}`,
      tagMutability: 'IMMUTABLE',
      mutabilityExclusions: [],
    })
    expect(lab.aws.calls.at(-1)?.input).toMatchObject({ imageScanningConfiguration: { scanOnPush: true } })
    expect(await services.ecr().repository({ name })).toEqual(created)
    expect(await services.ecr().createRepository({ name })).toEqual(created)
    expect(await services.ecr().repository({ name, registryId: '999988887777' })).toBeUndefined()
  })

  it('hands out what docker login takes', async () => {
    expect(await services.ecr().login()).toEqual({ user: 'AWS', password: expect.stringMatching(/^.{40,}$/) })
  })

  it('tags an image that is there, verifies it, and does not write the second time', async () => {
    const repository = await newRepository()
    const image = await pushTinyImage(await lab.push(repository, 'seed'))
    const artifact: ImageArtifact = { reference: 'local:1', id: image.digest, origin: 'built' }
    const ports = { ecr: services.ecr(), registry: NO_PUSH, log: fakeLog(), known: () => undefined }
    const plan = makePublishPlan({
      repository,
      tags: ['v1', 'v2'],
      shareWith: ['111122223333'],
      region: lab.aws.region,
    })
    lab.aws.calls.length = 0
    const publication = await publishImage(plan, artifact, 'x86_64', ports)
    expect(publication).toMatchObject({ digest: image.digest, mediaType: image.mediaType, reused: true })
    expect(written()).toEqual(['ecr:PutImage', 'ecr:PutImage', 'ecr:SetRepositoryPolicy'])
    expect(lab.aws.repositoryPolicy(repository)).toContain('LambdaECRImageCrossAccountRetrievalPolicy')
    lab.aws.calls.length = 0
    expect(await publishImage(plan, artifact, 'x86_64', ports)).toEqual(publication)
    expect(written()).toEqual([])
  })

  it('does not move a tag of an immutable repository', async () => {
    const repository = await newRepository()
    await publish(repository)
    await expect(publish(repository)).rejects.toMatchObject({ code: 'tag-immutable' })
    const target = await services.ecr().repository({ name: repository })
    const other = await pushTinyImage(await lab.push(repository, 'other'))
    if (target === undefined) throw new Error('the repository was just created')
    await expect(services.ecr().putTag(target, other, 'v1')).rejects.toMatchObject({ code: 'tag-immutable' })
  })

  it('names the action that is denied', async () => {
    lab.aws.script({ kind: 'refuse', operation: 'ecr:DescribeRepositories', error: 'access-denied' })
    await expect(services.ecr().repository({ name: 'get-customer' })).rejects.toMatchObject({
      code: 'access-denied',
      help: expect.stringContaining('Allow ecr:DescribeRepositories on repository get-customer in'),
    })
  })
})

describe('Lambda', () => {
  it('creates, updates by digest, waits, publishes and moves an alias; then has nothing to do', async () => {
    const repository = await newRepository()
    const functionName = uniqueName('shop')
    const first = await publish(repository)
    const creation = { memorySize: 256, timeout: 7, ephemeralStorage: 1024 }
    const created = await deploy(first, { functionName, action: 'create', role: ROLE, creation }).run()
    expect(created).toMatchObject({
      change: 'created',
      deployment: { after: { state: 'Active', lastUpdateStatus: 'Successful', codeSha256: first.digest.slice(7) } },
    })
    expect(await services.lambda().getFunction(functionName)).toMatchObject({
      packageType: 'Image',
      architectures: ['x86_64'],
      memorySize: 256,
      timeout: 7,
      ephemeralStorage: 1024,
      resolvedImageUri: `${first.repositoryUri}@${first.digest}`,
    })

    const second = await publish(repository, { tags: ['v2'] })
    lab.aws.calls.length = 0
    const { log, told, run } = deploy(second, { functionName, publishVersion: true, alias: 'live' })
    const updated = await run()
    expect(written()).toEqual(['lambda:UpdateFunctionCode', 'lambda:PublishVersion', 'lambda:CreateAlias'])
    expect(lab.aws.calls.find(({ operation }) => operation === 'UpdateFunctionCode')?.input).toEqual({
      FunctionName: functionName,
      ImageUri: `${second.repositoryUri}@${second.digest}`,
      RevisionId: expect.any(String),
    })
    expect(updated).toMatchObject({
      change: 'updated',
      aliasArn: expect.stringMatching(/:live$/),
      deployment: {
        before: { codeSha256: first.digest.slice(7) },
        after: { codeSha256: second.digest.slice(7), imageUri: `${second.repositoryUri}@${second.digest}` },
        versionPublished: '1',
        alias: { name: 'live', to: '1' },
      },
    })
    expect(updated.deployment).toEqual(told.at(-1))
    expect(log.lines.filter((line) => / after .* s: /.test(line))).toEqual([
      expect.stringContaining('Active / InProgress (Creating: The function is being created.)'),
      expect.stringContaining('Active / Successful'),
      expect.stringContaining(':1 after'),
    ])

    lab.aws.calls.length = 0
    expect(await deploy(second, { functionName, publishVersion: true, alias: 'live' }).run()).toMatchObject({
      change: 'none',
      deployment: { versionPublished: '1', alias: { from: '1', to: '1' } },
    })
    expect(written()).toEqual(['lambda:PublishVersion'])
  })

  it('quotes why a new function failed', async () => {
    const functionName = uniqueName('shop')
    const failed = {
      code: 'InvalidImage',
      reason: 'MissingParentDirectory: Parent directory does not exist for file: a/b',
    }
    lab.aws.script({ kind: 'outcome', of: 'create', failed })
    const { told, run } = deploy(await publish(await newRepository()), { functionName, role: ROLE })
    await expect(run()).rejects.toMatchObject({
      code: 'function-failed',
      message: expect.stringContaining(`Failed: InvalidImage: ${failed.reason}`),
      help: expect.stringContaining('directory entries'),
    })
    expect(told.at(-1)).toMatchObject({ after: { state: 'Failed', stateReasonCode: 'InvalidImage' }, polls: 3 })
  })

  it('outlasts throttling, conflicts and a revision that changes by itself', async () => {
    const repository = await newRepository()
    const functionName = uniqueName('shop')
    const role = ROLE
    await deploy(await publish(repository), { functionName, role }).run()
    const image = await publish(repository, { tags: ['v2'] })
    lab.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionCode', error: 'conflict', times: 2 })
    const changed = {
      code: 'PreconditionFailedException',
      status: 412,
      message: 'The Revision Id provided does not match',
    }
    lab.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionCode', error: changed, times: 1 })
    const throttling = { code: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' }
    lab.aws.script({ kind: 'refuse', operation: 'lambda:GetFunctionConfiguration', error: throttling, times: 1 })
    expect(await deploy(image, { functionName }).run()).toMatchObject({ change: 'updated' })
  })

  it('tells what is not there: function, version, alias', async () => {
    const api = services.lambda()
    expect(await api.getFunction('absent')).toBeUndefined()
    expect(await api.getFunctionConfiguration('absent', '1')).toBeUndefined()
    const functionName = uniqueName('shop')
    const image = await publish(await newRepository())
    await deploy(image, { functionName, role: ROLE }).run()
    expect(await api.alias(functionName, 'live')).toBeUndefined()
    await expect(api.publishVersion(functionName, '0'.repeat(64))).rejects.toMatchObject({ code: 'verify-mismatch' })
    const again = { functionName, imageUri: imageUri(image), role: ROLE, architecture: 'x86_64' } as const
    expect(await api.createFunction(again)).toEqual({ outcome: 'exists' })
  })

  it('does not read on after a denial', async () => {
    lab.aws.script({ kind: 'refuse', operation: 'lambda:GetFunction', error: 'access-denied' })
    const image = { repositoryUri: 'x', digest: 'sha256:1', mediaType: '', tags: [], reused: false }
    await expect(deploy(image, { functionName: 'shop' }).run()).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('lambda:GetFunction'),
    })
    expect(lab.aws.calls).toHaveLength(1)
  })
})

describe('credentials and connection', () => {
  it('says who calls', async () => {
    expect(await services.sts().callerIdentity()).toMatchObject({ account: lab.aws.accountId })
    expect(lab.aws.calls[0]?.userAgent).toContain('lambda-parity')
  })

  it('says that credentials were found but refused', async () => {
    const refused = { code: 'access-denied', message: expect.stringContaining('were found, but AWS refuses them') }
    const stranger = servicesOf('AKIASTRANGER')
    await expect(stranger.sts().callerIdentity()).rejects.toMatchObject(refused)
    await expect(stranger.ecr().login()).rejects.toMatchObject(refused)
    await expect(stranger.lambda().getFunction('shop')).rejects.toMatchObject(refused)
  })

  it('says that nobody answers', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9')
    await expect(servicesOf(ACCESS_KEY).lambda().getFunction('shop')).rejects.toMatchObject({
      code: 'aws-error',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('ends with the reason of a cancelled run', async () => {
    const cancelled = new Error('cancelled')
    const services = servicesOf(ACCESS_KEY, AbortSignal.abort(cancelled))
    await expect(services.ecr().login()).rejects.toBe(cancelled)
  })
})
