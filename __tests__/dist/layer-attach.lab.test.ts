import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { buildZip } from '../builders/zip.ts'
import { FROM_TABLE, lambdaUser, layerFolder, NO_ENGINE } from './layer-world.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

const LIMIT = 262_144_000

let world: World
let folder: string
let layer: string
let user: ReturnType<typeof lambdaUser>
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  user = lambdaUser(world.aws)
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-layers-'))
  layer = await layerFolder(join(folder, 'own'), { 'python/shop.py': 'VERSION = 2\n'.repeat(20) })
})
afterEach(async () => {
  world.aws.clearFaults()
  await result.dispose()
})
afterAll(async () => {
  user.client.destroy()
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  await result?.dispose()
  world.aws.calls.length = 0
  const own = { kind: 'layer', runtime: 'python3.11', 'layer-path': layer, 'layer-name': 'shop', ...FROM_TABLE }
  result = await world.run({ ...own, ...inputs }, { ...NO_ENGINE, ...options })
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const operations = () => world.aws.calls.map(({ operation }) => operation)
const layersOf = (name: string) => world.aws.functionState(name)?.Layers?.map(({ Arn }) => Arn)

describe('E4: a function', () => {
  it('gets the version in the place of the old one, others untouched, with a version and alias of its own', async () => {
    const [first, old, last] = [await user.layer('first'), await user.layer('shop'), await user.layer('last')]
    await user.zipFunction('takes', [first, old, last])
    await user.zipFunction('stays', [old])
    await run({ 'function-name': 'takes', 'share-with': '*', alias: 'live' })
    const own = result.outputs['layer-version-arn'] ?? ''
    expect([result.exitCode, result.report?.failure, own]).toEqual([0, undefined, old.replace(/1$/, '2')])
    expect(layersOf('takes')).toEqual([first, own, last])
    const update = world.aws.calls.find(({ operation }) => operation === 'UpdateFunctionConfiguration')?.input
    expect(update).toEqual({
      FunctionName: 'takes',
      Layers: [first, own, last],
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(result.report?.deployment).toMatchObject({
      before: { layers: [first, old, last] },
      after: { layers: [first, own, last], state: 'Active', lastUpdateStatus: 'Successful' },
      versionPublished: '1',
      alias: { name: 'live', to: '1' },
      otherVersions: { functions: [{ functionArn: expect.stringMatching(/:stays$/), layerVersionArn: old }] },
    })
    expect(stage('deploy')?.detail).toMatch(
      /^\d.* kB of 250 MB with this layer, attached, version 1, 1 other function with another version, alias live$/,
    )
    expect(result.report?.notChecked.filter(({ rule }) => rule === 'size-limit')).toEqual([])
    expect(result.outputs).toMatchObject({ state: 'Active', 'function-version': '1' })
    expect(result.summary).toContain('1 other function has another version of this layer')
    expect(result.summary).toContain('aws lambda update-function-configuration --function-name')
    for (const text of [result.log, JSON.stringify(result.report), result.summary]) {
      expect(text).not.toContain('X-Amz-Signature')
    }
  })

  it('that has the version is left alone; who may not list functions is told so', async () => {
    world.aws.script({ kind: 'refuse', operation: 'lambda:ListFunctions', error: 'access-denied' })
    await run({ 'function-name': 'takes', 'share-with': '*', alias: 'live' })
    expect(result.exitCode).toBe(0)
    expect(operations()).not.toContain('UpdateFunctionConfiguration')
    expect(operations()).not.toContain('PublishLayerVersion')
    expect(result.report?.deployment).toMatchObject({ versionPublished: '1', alias: { from: '1', to: '1' } })
    expect(result.report?.deployment?.otherVersions?.reason).toContain('lambda:ListFunctions')
    expect(result.summary).toContain('Which other functions have another version is not known')
  })

  it('that somebody else changes at the same time gets it all the same', async () => {
    await user.zipFunction('busy')
    world.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionConfiguration', error: 'conflict', times: 1 })
    await run({ 'function-name': 'busy' })
    expect([result.exitCode, layersOf('busy')]).toEqual([0, [result.outputs['layer-version-arn']]])
    expect(result.log).toContain('Waiting to try again')
  })

  it('that gets a layer of somebody else meanwhile keeps it: its revision tells', async () => {
    const operation = 'lambda:UpdateFunctionConfiguration'
    const theirs = await user.layer('theirs')
    await user.zipFunction('raced')
    world.aws.script({ kind: 'delay', operation, when: 'before', millis: 600_000, times: 1 })
    const running = run({ 'function-name': 'raced' })
    await vi.waitUntil(() => world.aws.delayed().includes(operation), { timeout: 120_000, interval: 50 })
    await user.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'raced', Layers: [theirs] }))
    world.aws.clearFaults()
    await running
    expect([result.exitCode, layersOf('raced')]).toEqual([0, [theirs, result.outputs['layer-version-arn']]])
    expect(result.log).toContain('raced was changed by somebody else just now. Waiting to try again.')
  })

  it('that is changed again and again is told so when the time is over, and what to do', async () => {
    await user.zipFunction('restless')
    const message = 'The RevisionId provided does not match the latest RevisionId.'
    const error = { code: 'PreconditionFailedException', status: 412, message }
    world.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionConfiguration', error })
    await run({ 'function-name': 'restless', 'wait-timeout': '1' })
    expect(result.report?.failure).toMatchObject({
      stage: 'deploy',
      code: 'conflict',
      message: 'restless was changed by somebody else just now.',
      help: expect.stringContaining('concurrency group'),
    })
    expect(layersOf('restless') ?? []).toEqual([])
  })

  it('whose update fails keeps its layers, and the version that was published is named', async () => {
    await user.zipFunction('fails')
    const failed = { code: 'InvalidConfiguration', reason: 'The layers do not fit.' }
    world.aws.script({ kind: 'outcome', of: 'update', failed, times: 1 })
    await run({ 'function-name': 'fails' })
    expect(result.report?.failure).toMatchObject({ stage: 'wait', code: 'update-failed' })
    expect(result.report?.publication?.layerVersionArn).toMatch(/:layer:shop:\d+$/)
  })

  it('with a call denied: names it and what was published', async () => {
    await user.zipFunction('denied')
    world.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionConfiguration', error: 'access-denied' })
    await run({ 'function-name': 'denied', 'license-info': 'MIT' })
    expect(result.report?.failure).toMatchObject({ stage: 'deploy', code: 'access-denied' })
    expect(result.report?.failure?.message).toContain('lambda:UpdateFunctionConfiguration')
    expect(result.report?.publication).toMatchObject({ reused: false })
    expect(result.summary).toContain(result.outputs['layer-version-arn'] ?? 'no version')
  })

  it('that may not be read: told before anything is published', async () => {
    await user.zipFunction('unread')
    world.aws.script({ kind: 'refuse', operation: 'lambda:GetFunction', error: 'access-denied' })
    await run({ 'function-name': 'unread', 'license-info': 'unread' })
    expect(result.report?.failure).toMatchObject({ code: 'access-denied' })
    expect(result.report?.failure?.message).toContain('lambda:GetFunction')
    expect(operations()).not.toContain('PublishLayerVersion')
  })

  it('that may not be waited for: names the call, and what was published', async () => {
    await user.zipFunction('unseen')
    world.aws.script({ kind: 'refuse', operation: 'lambda:GetFunctionConfiguration', error: 'access-denied' })
    await run({ 'function-name': 'unseen', 'license-info': 'unseen' })
    expect(result.report?.failure).toMatchObject({ stage: 'wait', code: 'access-denied' })
    expect(result.report?.failure?.message).toContain('lambda:GetFunctionConfiguration')
    expect(result.report?.publication?.layerVersionArn).toMatch(/:layer:shop:\d+$/)
    expect(layersOf('unseen')).toEqual([result.outputs['layer-version-arn']])
  })

  it('that only dry-run asks for is looked at, and nothing is written', async () => {
    await run({ 'function-name': 'denied', 'dry-run': 'true', 'license-info': 'ISC' })
    expect(result.exitCode).toBe(0)
    expect(stage('deploy')).toMatchObject({
      status: 'skipped',
      detail: expect.stringContaining('would give function denied'),
    })
    expect(operations().filter((name) => /^(?:Publish|Update|Add|Create)/.test(name))).toEqual([])
  })
})

describe('a function that cannot have the layer is refused before anything is published', () => {
  const refused = async (name: string, stageName: string, code: string) => {
    await run({ 'function-name': name, 'license-info': name })
    expect(result.report?.failure).toMatchObject({ stage: stageName, code })
    expect(operations()).not.toContain('PublishLayerVersion')
    return result.report?.failure
  }

  it('with five others, of another architecture or runtime, made of an image, or not there', async () => {
    const five = await Promise.all([1, 2, 3, 4, 5].map((number) => user.layer(`five-${number}`)))
    await user.zipFunction('full', five)
    expect((await refused('full', 'plan', 'invalid-input'))?.message).toContain('has 5 layers already')
    await user.zipFunction('arm', [], { Architectures: ['arm64'] })
    expect((await refused('arm', 'plan', 'invalid-input'))?.message).toContain(
      '`compatible-architectures`'.replaceAll('`', ''),
    )
    await user.zipFunction('older', [], { Runtime: 'python3.9' })
    expect((await refused('older', 'plan', 'invalid-input'))?.message).toContain('has the runtime python3.9')
    await refused('nowhere', 'plan', 'function-not-found')
    world.aws.script({ kind: 'show', configuration: { PackageType: 'Image' } })
    expect((await refused('full', 'plan', 'package-type-mismatch'))?.help).toContain('/opt')
  })

  it('whose code and layers would be too much with it', async () => {
    await user.zipFunction('heavy', [await user.layer('heavy', 'x', LIMIT - 200)])
    const failure = await refused('heavy', 'deploy', 'layer-invalid')
    expect(failure?.message).toContain(`and Lambda takes ${LIMIT}`)
    expect(failure?.help).toMatch(/250 MB arn:aws:lambda:.*:layer:heavy:1/)
  })

  it('of which a part cannot be looked at is given the layer, and the part is named', async () => {
    await user.zipFunction('partly', [await user.layer('hidden')])
    world.aws.script({ kind: 'refuse', operation: 'lambda:GetLayerVersion', error: 'access-denied', times: 1 })
    await run({ 'function-name': 'partly', 'license-info': 'partly' })
    expect(result.exitCode).toBe(0)
    expect(result.report?.notChecked).toContainEqual({
      rule: 'size-limit',
      reason: expect.stringMatching(/:layer:hidden:1: lambda:GetLayerVersion on .* is denied/),
    })
    expect(stage('deploy')?.detail).toMatch(/^at least /)
  })
})

describe('E4: a function that is invoked with its new layer', () => {
  const uses =
    "import shop\n\ndef handler(event, context):\n    return {'layer': shop.VERSION, 'of': shop.__file__, 'asked': event}\n"
  const verify = async (inputs: Record<string, string> = {}) =>
    await run({
      'function-name': 'uses',
      'verify-invoke': 'true',
      'smoke-event': '{"id": 7}',
      alias: 'used',
      ...inputs,
    })
  const own = { 'layer-name': 'used', 'smoke-expect': '{"layer": 2, "of": "/opt/python/shop.py", "asked": {"id": 7}}' }

  it('answers from /opt, in a version that the alias goes to then', async () => {
    const ZipFile = buildZip([{ name: 'app.py', content: uses, mode: 0o100644 }])
    await user.zipFunction('uses', [await user.layer('beside')], { Code: { ZipFile } })
    await verify(own)
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(stage('verify')?.detail).toMatch(/:function:uses:1: 1 answer as expected$/)
    expect(operations().slice(operations().indexOf('Invoke'))).toEqual(['Invoke', 'GetAlias', 'CreateAlias'])
  })

  it('and fails with it: its own words, and the alias stays', async () => {
    const broken = await layerFolder(join(folder, 'broken'), { 'python/shop.py': 'raise RuntimeError("sold out")\n' })
    await verify({ ...own, 'layer-path': broken })
    expect(result.report?.failure).toMatchObject({ stage: 'verify', code: 'verify-mismatch' })
    expect(result.report?.failure?.message).toContain('sold out')
    expect(result.report?.failure?.help).toContain('The alias used was neither created nor moved')
    expect(result.report?.publication).toMatchObject({ version: 2 })
    expect(operations()).not.toContain('UpdateAlias')
  })
})

it('a run that is cancelled while the function takes its layer says what is published', async () => {
  await user.zipFunction('slow')
  world.aws.script({ kind: 'outcome', of: 'update', functionName: 'slow', polls: 'never' })
  let kill: (signal: NodeJS.Signals) => void = () => undefined
  let sent = false
  await run(
    { 'function-name': 'slow', 'license-info': 'slow' },
    {
      onStart: (send) => {
        kill = send
      },
      onOutput: (text) => {
        if (sent || !text.includes('InProgress')) return
        sent = true
        kill('SIGTERM')
      },
    },
  )
  expect([sent, result.exitCode]).toEqual([true, 1])
  expect(result.report?.failure?.code).toBe('cancelled')
  expect(result.report?.publication?.layerVersionArn).toMatch(/:layer:shop:\d+$/)
})
