import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { buildZip } from '../builders/zip.ts'
import { FROM_TABLE, layerFolder, NO_ENGINE } from './layer-world.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

const ACCOUNT = '210987654321'
const ORGANIZATION = 'org:o-a1b2c3d4e5'
const ARN = 'arn:aws:lambda:eu-central-1:123456789012:layer'

/** Of functions that mount layers. */
const RUNTIMES = [
  ...['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'].map((version) => `python${version}`),
  ...['18.x', '20.x', '22.x', '24.x'].map((version) => `nodejs${version}`),
  ...['java8.al2', 'java11', 'java17', 'java21', 'ruby3.3', 'ruby3.4'],
]

let world: World
let folder: string
let layer: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-layers-'))
  layer = await layerFolder(join(folder, 'own'), { 'python/shop/__init__.py': 'VERSION = 1\n' })
})
afterEach(async () => {
  world.aws.calls.length = 0
  world.aws.clearFaults()
  await result.dispose()
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  await result?.dispose()
  world.aws.calls.length = 0
  const own = { kind: 'layer', runtime: 'python3.11', 'layer-path': layer, ...FROM_TABLE }
  result = await world.run(
    { ...own, ...inputs },
    { ...NO_ENGINE, ...options, env: { ...NO_ENGINE.env, ...options.env } },
  )
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const operations = () => world.aws.calls.map(({ service, operation }) => `${service}:${operation}`)
const writes = () => operations().filter((name) => /:(?:Publish|Add|Remove|Update|Create|Delete|Put)/.test(name))
const call = (operation: string) => world.aws.calls.find((one) => one.operation === operation)?.input
const published = () => result.report?.publication

describe('E3: a layer version', () => {
  const inputs = {
    'layer-name': 'shop',
    'layer-description': 'What shops need',
    'license-info': 'MIT',
    'compatible-runtimes': 'python3.11, python3.12',
    'share-with': `${ACCOUNT}\n${ORGANIZATION}`,
  }

  it('is published with its metadata, shared, and told to its consumers', async () => {
    await run(inputs)
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    const fingerprint = result.outputs['content-fingerprint'] ?? ''
    expect(call('PublishLayerVersion')).toEqual({
      LayerName: 'shop',
      Description: `What shops need [content:${fingerprint.slice(0, 16)}]`,
      LicenseInfo: 'MIT',
      CompatibleRuntimes: ['python3.11', 'python3.12'],
      CompatibleArchitectures: ['x86_64'],
      Content: { ZipFile: expect.stringMatching(/bytes$/) },
    })
    expect(published()).toEqual({
      layerVersionArn: `${ARN}:shop:1`,
      version: 1,
      codeSha256: result.outputs['code-sha256'],
      reused: false,
      shared: [ACCOUNT, ORGANIZATION],
    })
    expect(result.outputs).toMatchObject({ 'layer-version-arn': `${ARN}:shop:1`, 'layer-version': '1' })
    const grants = world.aws.calls.filter(({ operation }) => operation === 'AddLayerVersionPermission')
    expect(grants.map(({ input }) => input)).toMatchObject([
      { StatementId: `lambda-parity-${ACCOUNT}`, Principal: ACCOUNT, Action: 'lambda:GetLayerVersion' },
      { StatementId: 'lambda-parity-o-a1b2c3d4e5', Principal: '*', OrganizationId: 'o-a1b2c3d4e5' },
    ])
    for (const text of [result.summary, result.log]) expect(text).toContain(`"Resource": "${ARN}:shop:1"`)
    expect(result.summary).toContain('shared with account `210987654321`, organization `o-a1b2c3d4e5`')
    expect(stage('deploy')).toMatchObject({ status: 'skipped', detail: 'no `function-name` is given' })
  })

  it('is used again when nothing changed, and nothing is written', async () => {
    await run(inputs)
    expect(result.exitCode).toBe(0)
    expect(published()).toMatchObject({ version: 1, reused: true, shared: [ACCOUNT, ORGANIZATION] })
    expect(result.outputs['layer-version']).toBe('1')
    expect(writes()).toEqual([])
    expect(result.summary).toContain('was there already')
  })

  it('keeps who is not named any more, and says so', async () => {
    await run({ ...inputs, 'share-with': ORGANIZATION })
    expect(published()).toMatchObject({ reused: true, shared: [ORGANIZATION], alsoShared: [ACCOUNT] })
    expect(writes()).toEqual([])
    expect(result.log).toMatch(/::warning::.*can also be used by account 210987654321/)
    expect(result.summary).toContain('remove-layer-version-permission')
  })

  it('is a new one when its metadata changed, and says who stays on the old one; everybody is said aloud', async () => {
    await run({ ...inputs, 'license-info': 'Apache-2.0', 'share-with': '*' })
    expect(published()).toMatchObject({
      version: 2,
      reused: false,
      shared: ['*'],
      formerlyShared: { layerVersionArn: `${ARN}:shop:1`, sharees: [ACCOUNT, ORGANIZATION] },
    })
    expect(call('AddLayerVersionPermission')).toMatchObject({ StatementId: 'lambda-parity-everyone', Principal: '*' })
    expect(result.summary).toContain(`**Public: every AWS account can use \`${ARN}:shop:2\`**`)
  })

  it('that only dry-run asks for is looked up, and nothing is written', async () => {
    await run({ ...inputs, 'layer-name': 'planned', 'dry-run': 'true' })
    expect(result.exitCode).toBe(0)
    expect(stage('publish')).toMatchObject({
      status: 'skipped',
      detail: expect.stringMatching(
        /^dry-run, would publish the zip of .* as a version of layer planned in eu-central-1; would let account/,
      ),
    })
    expect([writes(), published()]).toEqual([[], undefined])
  })

  it('is not published without credentials, and the zip is there all the same', async () => {
    await run(inputs, { anonymous: true })
    expect(result.exitCode).toBe(0)
    expect(stage('publish')).toMatchObject({ status: 'skipped', detail: 'no AWS credentials were found' })
    expect(result.outputs['layer-zip']).toMatch(/layer\.zip$/)
    expect(world.aws.calls).toEqual([])
  })
})

describe('a zip that is too large for a request', () => {
  let zip: string
  beforeAll(async () => {
    zip = join(folder, 'large.zip')
    const content = randomBytes(53 * 1024 ** 2)
    await writeFile(zip, buildZip([{ name: 'python/model.bin', content, method: 0, mode: 0o100644 }]))
  })
  const large = (inputs: Record<string, string>) => run({ 'layer-path': zip, 'layer-name': 'model', ...inputs })

  it('needs a bucket, and says so before anything is sent', async () => {
    await large({})
    expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'invalid-input' })
    expect(result.report?.failure?.help).toContain('s3-bucket')
    expect(writes()).toEqual([])
  })

  it('goes by way of the bucket, which is left as it was', async () => {
    const { objects } = world.aws.bucket('artifacts')
    await large({ 's3-bucket': 'artifacts', 's3-prefix': 'layers/ci/' })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    const put = call('PutObject')
    expect(put).toMatchObject({
      Bucket: 'artifacts',
      Key: expect.stringMatching(/^layers\/ci\/model-[0-9a-f]{16}-[0-9a-f-]{36}\.zip$/),
      ExpectedBucketOwner: '123456789012',
      ChecksumSHA256: result.outputs['code-sha256'],
    })
    expect(call('PublishLayerVersion')).toMatchObject({ Content: { S3Bucket: 'artifacts' } })
    expect(published()).toMatchObject({ version: 1, codeSha256: result.outputs['code-sha256'] })
    expect(operations()).toContain('s3:DeleteObject')
    expect(objects.size).toBe(0)
    await large({ 's3-bucket': 'artifacts' })
    expect([published()?.reused, writes()]).toEqual([true, []])
  })

  it('refuses a bucket of another region before anything is built, and one of another owner before it is published', async () => {
    world.aws.bucket('far', { region: 'us-east-1' })
    await large({ 'layer-name': 'other', 's3-bucket': 'far' })
    expect(result.report?.failure).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    expect(result.report?.failure?.message).toMatch(/`s3-bucket` is `far`.*us-east-1/)
    world.aws.bucket('foreign', { owner: '999999999999' })
    await large({ 'layer-name': 'other', 's3-bucket': 'foreign' })
    expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'access-denied' })
    expect(result.report?.failure?.message).toContain('s3:PutObject on s3://foreign/')
    expect(result.report?.failure?.help).toContain('does not belong to the account 123456789012')
    expect(operations()).not.toContain('lambda:PublishLayerVersion')
  })

  it('goes by way of a bucket that may be written to and not looked at', async () => {
    const { objects } = world.aws.bucket('write-only')
    world.aws.script({ kind: 'refuse', operation: 's3:HeadBucket', error: 'access-denied' })
    await large({ 'layer-name': 'unseen', 's3-bucket': 'write-only' })
    expect([result.exitCode, published()?.version, objects.size]).toEqual([0, 1, 0])
    // Where it is shows at the upload then.
    world.aws.bucket('unseen-far', { region: 'us-east-1' })
    world.aws.script({ kind: 'refuse', operation: 's3:HeadBucket', error: 'access-denied' })
    await large({ 'layer-name': 'unseen-far', 's3-bucket': 'unseen-far' })
    expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'invalid-input' })
    expect(result.report?.failure?.message).toMatch(/bucket unseen-far is not in eu-central-1/)
    expect(operations()).not.toContain('lambda:PublishLayerVersion')
  })

  it('leaves no object when the version is refused, and no failure when the object may not be removed', async () => {
    const { objects } = world.aws.bucket('artifacts')
    world.aws.script({ kind: 'refuse', operation: 'lambda:PublishLayerVersion', error: 'access-denied' })
    await large({ 'layer-name': 'denied', 's3-bucket': 'artifacts' })
    expect(result.report?.failure?.message).toContain('lambda:PublishLayerVersion')
    expect(objects.size).toBe(0)
    world.aws.clearFaults()
    world.aws.script({ kind: 'refuse', operation: 's3:DeleteObject', error: 'access-denied' })
    await large({ 'layer-name': 'kept', 's3-bucket': 'artifacts' })
    expect([result.exitCode, published()?.version, objects.size]).toEqual([0, 1, 1])
    expect(result.log).toMatch(/::warning::s3:\/\/artifacts\/kept-.* may be left.*s3:DeleteObject/)
  })
})

describe('a run that is cancelled', () => {
  /** By SIGTERM, while AWS holds this call. */
  async function cancelledIn(operation: string, when: 'before' | 'after', inputs: Record<string, string>) {
    world.aws.script({ kind: 'delay', operation, when, millis: 600_000 })
    let kill: (signal: NodeJS.Signals) => void = () => undefined
    const onStart = (send: typeof kill) => {
      kill = send
    }
    const running = run(inputs, { onStart })
    await vi.waitUntil(() => world.aws.delayed().includes(operation), { timeout: 120_000, interval: 50 })
    kill('SIGTERM')
    await running
    expect([result.exitCode, result.report?.failure]).toMatchObject([1, { stage: 'publish', code: 'cancelled' }])
    expect([published(), result.outputs['layer-version']]).toEqual([undefined, undefined])
    expect(result.report?.stages.find(({ name }) => name === 'check')?.status).toBe('passed')
  }
  const bucketed = async (name: string) => {
    const zip = join(folder, 'large.zip')
    const content = randomBytes(53 * 1024 ** 2)
    await writeFile(zip, buildZip([{ name: 'python/model.bin', content, method: 0, mode: 0o100644 }]))
    return { 'layer-path': zip, 'layer-name': name, 's3-bucket': 'artifacts' }
  }

  it('while its zip is uploaded: nothing is in the bucket, nothing is published', async () => {
    const { objects } = world.aws.bucket('artifacts')
    objects.clear()
    await cancelledIn('s3:PutObject', 'before', await bucketed('cut-upload'))
    expect([writes(), objects.size]).toEqual([['s3:DeleteObject'], 0])
  })

  it('when the upload is there, but S3 has not said so: it is removed', async () => {
    const { objects } = world.aws.bucket('artifacts')
    objects.clear()
    await cancelledIn('s3:PutObject', 'after', await bucketed('cut-answer'))
    expect([operations().at(-1), objects.size]).toEqual(['s3:DeleteObject', 0])
    expect(operations()).not.toContain('lambda:PublishLayerVersion')
  })

  it('while Lambda makes the version of an uploaded zip: the upload is removed', async () => {
    const { objects } = world.aws.bucket('artifacts')
    objects.clear()
    await cancelledIn('lambda:PublishLayerVersion', 'before', await bucketed('cut-version'))
    expect(objects.size).toBe(0)
  })

  it('when the version is there, but Lambda has not said so: told that it may be, and used by the next run', async () => {
    await cancelledIn('lambda:PublishLayerVersion', 'after', { 'layer-name': 'cut', 'share-with': ACCOUNT })
    expect(result.report?.failure?.help).toContain('may have taken effect')
    expect(operations()).not.toContain('lambda:AddLayerVersionPermission')
    world.aws.clearFaults()
    await run({ 'layer-name': 'cut', 'share-with': ACCOUNT })
    expect(published()).toMatchObject({ version: 1, reused: true, shared: [ACCOUNT] })
  })
})

describe('a run that goes wrong', () => {
  it.each([
    ['lambda:ListLayerVersions', undefined],
    ['lambda:PublishLayerVersion', undefined],
    ['lambda:AddLayerVersionPermission', { reused: false, shared: [] }],
  ])('%s denied: names it, and what was published by then', async (operation, publication) => {
    world.aws.script({ kind: 'refuse', operation, error: 'access-denied' })
    await run({ 'layer-name': `denied-${operation.slice(7, 11)}`, 'share-with': ACCOUNT })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'access-denied' })
    expect(result.report?.failure?.message).toContain(operation)
    if (publication === undefined) expect(published()).toBeUndefined()
    else {
      expect(published()).toMatchObject(publication)
      expect(result.outputs['layer-version']).toBe('1')
      expect(result.summary).toContain(`${ARN}:denied-AddL:1`)
    }
    expect(operations().filter((one) => one === operation)).toHaveLength(1)
  })

  it.each(['lambda:GetLayerVersion', 'lambda:GetLayerVersionPolicy'])(
    '%s denied where a version is there already: names it, and writes nothing',
    async (operation) => {
      const inputs = { 'layer-name': `there-${operation.slice(19)}`, 'share-with': ACCOUNT }
      await run(inputs)
      expect(published()).toMatchObject({ version: 1, reused: false })
      world.aws.script({ kind: 'refuse', operation, error: 'access-denied' })
      await run(inputs)
      expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'access-denied' })
      expect(result.report?.failure?.message).toContain(operation)
      expect(writes()).toEqual([])
    },
  )

  it('throttled longer than the SDK tries: goes on until it is through', async () => {
    world.aws.script({ kind: 'refuse', operation: 'lambda:PublishLayerVersion', error: 'throttled', times: 6 })
    await run({ 'layer-name': 'patient' })
    expect([result.exitCode, published()?.version]).toEqual([0, 1])
  })

  it('what Lambda takes at most is published, and used again', async () => {
    const most = {
      'layer-name': 'n'.repeat(140),
      'layer-description': 'd'.repeat(256),
      'license-info': 'l'.repeat(512),
      'compatible-runtimes': RUNTIMES.slice(0, 15).join(','),
      'compatible-architectures': 'x86_64,arm64',
      'fail-on': 'never',
    }
    await run(most)
    expect([result.report?.failure, published()]).toMatchObject([undefined, { version: 1, reused: false }])
    // There is no room for the mark of the content.
    expect(call('PublishLayerVersion')).toMatchObject({ Description: 'd'.repeat(256), LicenseInfo: 'l'.repeat(512) })
    await run(most)
    expect(published()).toMatchObject({ version: 1, reused: true })
  })

  it('more than that: all of it at once, nothing asked', async () => {
    const told = async (inputs: Record<string, string>) => {
      await run({ publish: 'always', ...inputs })
      expect([result.report?.failure?.code, world.aws.calls]).toEqual(['invalid-input', []])
      return result.report?.failure?.message ?? ''
    }
    const message = await told({
      'layer-name': 'n'.repeat(141),
      'layer-description': 'd'.repeat(257),
      'license-info': 'l'.repeat(513),
      'compatible-runtimes': RUNTIMES.slice(0, 16).join(','),
      'compatible-architectures': 'x86_64,arm64,riscv64',
      'share-with': '12345678901',
    })
    for (const [input, why] of [
      ['layer-name', 'at most 140 characters'],
      ['layer-description', 'at most 256 characters'],
      ['license-info', 'at most 512 characters'],
      ['compatible-runtimes', 'at most 15 runtimes'],
      ['compatible-architectures', '`x86_64`'],
      ['share-with', 'account ids of 12 digits'],
    ]) {
      expect(message).toMatch(new RegExp(`\`${input}\`.*${why}`))
    }
    expect(await told({ 'layer-name': 'no such name' })).toContain('`layer-name` is `no such name`')
    // Lambda counts the whole ARN.
    expect(await told({ 'layer-name': `${ARN}:${'n'.repeat(100)}` })).toContain('at most 140 characters')
    await run({ publish: 'always' })
    expect(result.report?.failure?.message).toMatch(/`layer-name`.*needed to publish a layer/)
  })
})
