import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { nodeFunction, PULL_REQUEST, startWorld, type World } from './world.ts'

const HANDLER = "export const handler = async (event) => ({ greeting: 'hello ' + event.name, uid: process.getuid() })"

let world: World
let inputs: Record<string, string>
beforeAll(async () => {
  world = await startWorld()
  inputs = {
    context: await world.context(nodeFunction(world.base, HANDLER)),
    'smoke-event': '{"name": "you"}',
    'smoke-expect': '{"greeting": "hello you", "uid": 993}',
    repository: 'team/greeter',
    'create-repository': 'true',
    'function-name': 'greeter',
    role: 'arn:aws:iam::123456789012:role/greeter',
    'publish-version': 'true',
    alias: 'live',
  }
})
afterAll(() => world[Symbol.asyncDispose]())

describe('the committed bundle, from source to a function that is ready', () => {
  let first: ActionResult

  it('builds, checks, invokes, pushes, creates, waits and reports', async () => {
    first = await world.run(inputs)
    expect(first.report?.failure).toBeUndefined()
    expect(first.exitCode).toBe(0)
    expect(first.report?.stages.map((stage) => `${stage.name} ${stage.status}`)).toEqual([
      'plan passed',
      'build passed',
      'inspect passed',
      'check passed',
      'smoke passed',
      'publish passed',
      'deploy passed',
      'wait passed',
      'verify skipped',
      'report passed',
    ])
    expect(first.report?.smoke.cases[0]).toMatchObject({ status: 'passed', response: { greeting: 'hello you' } })
    expect(first.report?.environments.artifact).toMatchObject({ libc: { family: 'glibc' }, source: 'scanned' })
  })

  it('writes a report that its schema describes', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    addFormats.default(ajv)
    const validate = ajv.compile(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')))
    validate(first.report)
    expect(validate.errors).toBeNull()
  })

  it('pushes one image manifest and gives the function its digest, nothing else', async () => {
    const { publication } = first.report ?? {}
    expect(publication?.mediaType).toMatch(/manifest\.v2\+json|image\.manifest\.v1\+json/)
    expect(publication?.tags).toEqual(['sha-feedc0de0011'])
    const created = world.aws.calls.filter((call) => call.operation === 'CreateFunction')
    expect(created).toHaveLength(1)
    expect(created[0]?.input).toMatchObject({
      PackageType: 'Image',
      Architectures: ['x86_64'],
      Code: { ImageUri: `${publication?.repositoryUri}@${publication?.digest}` },
    })
    expect(world.aws.calls.map((call) => call.operation)).not.toContain('UpdateFunctionConfiguration')
  })

  it('has watched the function become ready, and set every output', () => {
    expect(first.log).toContain('Pending')
    expect(first.report?.deployment).toMatchObject({
      after: { state: 'Active', lastUpdateStatus: 'Successful' },
      versionPublished: '1',
      alias: { name: 'live', to: '1' },
    })
    expect(first.outputs).toMatchObject({
      'image-digest': first.report?.publication?.digest,
      'image-uri': `${first.report?.publication?.repositoryUri}@${first.report?.publication?.digest}`,
      'image-tag': 'sha-feedc0de0011',
      'function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:greeter',
      'function-version': '1',
      'alias-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:greeter:live',
      state: 'Active',
      'last-update-status': 'Successful',
      'parity-status': 'passed',
      'smoke-status': 'passed',
    })
    expect(Number(first.outputs['image-size'])).toBeGreaterThan(50_000_000)
  })

  it('writes the summary and one comment', () => {
    const comments = world.github.comments(PULL_REQUEST)
    expect(first.summary.split('\n')[0]).toBe(
      '### ✅ team/greeter (x86_64) will run on Lambda: it answers under the constraints of Lambda',
    )
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toContain(first.summary.trim())
    expect(first.outputs['comment-url']).toBe(comments[0]?.html_url)
  })

  it('a second run of the same commit pushes nothing, updates nothing, and replaces the comment', async () => {
    world.aws.calls.length = 0
    const second = await world.run(inputs)
    expect(second.exitCode).toBe(0)
    expect(second.report?.publication).toMatchObject({ digest: first.report?.publication?.digest, reused: true })
    const writes = world.aws.calls.map((call) => call.operation)
    for (const operation of ['CreateRepository', 'PutImage', 'CreateFunction', 'UpdateFunctionCode', 'UpdateAlias']) {
      expect(writes).not.toContain(operation)
    }
    expect(world.github.comments(PULL_REQUEST)).toHaveLength(1)
    await second.dispose()
  })

  it('a changed image updates the function by digest, guarded by its revision', async () => {
    const context = await world.context(nodeFunction(world.base, HANDLER.replace('hello', 'good day')))
    world.aws.calls.length = 0
    const third = await world.run({
      ...inputs,
      context,
      tags: 'v2, release-2',
      'smoke-expect': '{"greeting": "good day you"}',
    })
    expect(third.exitCode).toBe(0)
    const update = world.aws.calls.find((call) => call.operation === 'UpdateFunctionCode')
    expect(update?.input).toMatchObject({ ImageUri: third.outputs['image-uri'], RevisionId: expect.any(String) })
    expect(update?.input).not.toHaveProperty('Architectures')
    expect(third.report?.deployment).toMatchObject({
      before: { imageUri: first.outputs['image-uri'] },
      versionPublished: '2',
      alias: { from: '1', to: '2' },
    })
    expect(third.summary).toContain(`--image-uri ${first.outputs['image-uri']}`)
    expect(world.github.comments(PULL_REQUEST)[0]?.body).toContain('release-2')
    await third.dispose()
  })

  it('leaves nothing in the engine', async () => {
    await first.dispose()
    expect(await world.leftovers()).toEqual([])
  })
})
