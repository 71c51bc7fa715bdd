import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { nodeFunction, type RunOptions, startWorld, type World } from './world.ts'

const HEALTHY = 'export const handler = async () => ({ ok: true })'
const TARGET = { repository: 'shop', 'create-repository': 'true' }
const DEPLOY = { ...TARGET, 'function-name': 'shop', role: 'arn:aws:iam::123456789012:role/shop' }

let world: World
let healthy: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  healthy = await world.context(nodeFunction(world.base, HEALTHY))
})
afterEach(async () => {
  world.aws.calls.length = 0
  world.github.requests.length = 0
  world.aws.clearFaults()
  world.github.clearFaults()
  await result.dispose()
})
afterAll(async () => {
  expect(await world.leftovers()).toEqual([])
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  result = await world.run(inputs, options)
  return result
}
const status = (name: string) => result.report?.stages.find((stage) => stage.name === name)
const errors = () => result.report?.findings.filter(({ level }) => level === 'error') ?? []
const operations = () => world.aws.calls.map((call) => call.operation)

describe('runs that do less than everything, and are no failures', () => {
  it('no credentials: builds, checks and invokes; says why nothing was published; asks AWS nothing', async () => {
    await run({ context: healthy, ...DEPLOY }, { anonymous: true })
    expect(result.exitCode).toBe(0)
    expect(result.report?.smoke.status).toBe('passed')
    expect(status('publish')).toMatchObject({ status: 'skipped', detail: expect.stringContaining('credentials') })
    expect(world.aws.calls).toEqual([])
    expect(result.summary).toContain('no AWS credentials')
  })

  it('fork: the token cannot write, so no comment is tried and the report stands in the summary', async () => {
    world.github.script({ error: 'read-only-token', method: 'POST' })
    await run({ context: healthy }, { anonymous: true, head: 'somebody/fork' })
    expect(result.exitCode).toBe(0)
    expect(world.github.requests).toEqual([])
    expect(status('report')?.detail).toContain('fork')
    expect(result.summary).toContain('answers under the constraints of Lambda')
  })

  it('a workflow without permissions: a warning that names them, never a failure', async () => {
    world.github.script({ error: 'read-only-token' })
    await run({ context: healthy }, { anonymous: true })
    expect(result.exitCode).toBe(0)
    expect(result.log).toMatch(/::warning::.*pull-requests: write/)
    expect(result.outputs).not.toHaveProperty('comment-url')
  })

  it('dry-run: says what would be written, and writes nothing', async () => {
    await run({ context: healthy, ...DEPLOY, 'dry-run': 'true' })
    expect(result.exitCode).toBe(0)
    expect(status('publish')).toMatchObject({ status: 'skipped', detail: expect.stringContaining('push the image') })
    expect(status('deploy')?.detail).toContain('create function shop')
    expect(operations().filter((name) => /^(Create|Put|Update|Set|Publish)/.test(name))).toEqual([])
    expect(world.github.requests).toEqual([])
  })
})

describe('failures end in a report that says what to do', () => {
  it('build error: the failing step and its last lines, nothing published', async () => {
    const context = await world.context({ Dockerfile: `FROM ${world.base}\nRUN echo about to fail && exit 3\n` })
    await run({ context, ...DEPLOY })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'build', code: 'build-failed' })
    expect(result.report?.failure?.message).toContain('about to fail')
    expect(status('publish')?.status).toBe('skipped')
    expect(operations()).not.toContain('CreateRepository')
    expect(result.report?.plan).toHaveProperty('function-name')
  })

  it('unhealthy handler: the emulator answers 200, and it is a failure all the same; no tag is put', async () => {
    const source = 'export const handler = async () => { throw new RangeError("out of stock") }'
    await run({ context: await world.context(nodeFunction(world.base, source)), ...DEPLOY })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'smoke-failed' })
    expect(result.report?.smoke.cases[0]?.error).toEqual({ type: 'RangeError', message: 'out of stock' })
    expect(errors()).toMatchObject([{ rule: 'smoke' }])
    expect(result.outputs).toMatchObject({ 'parity-status': 'passed', 'smoke-status': 'failed' })
    expect(operations()).not.toContain('CreateRepository')
  })

  it('fail-on: never lets a failed smoke through, and says so', async () => {
    const source = 'export const handler = async () => { throw new RangeError("out of stock") }'
    const context = await world.context(nodeFunction(world.base, source))
    await run({ context, 'fail-on': 'never', publish: 'never' })
    expect(result.exitCode).toBe(0)
    expect(result.report?.verdict).toBe('warned')
    expect(result.outputs['smoke-status']).toBe('failed')
  })

  it('a handler that is not there is an error before the smoke confirms it', async () => {
    const dockerfile = `FROM ${world.base}\nCOPY app.mjs ./\nCMD ["main.handler"]\n`
    const context = await world.context({ 'app.mjs': HEALTHY, Dockerfile: dockerfile })
    await run({ context, publish: 'never' })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(errors()[0]).toMatchObject({ rule: 'handler' })
    expect(result.report?.smoke.status).toBe('failed')
  })

  it('a package in a layer that `import` does not search: the fix is made of what lies in the image', async () => {
    const context = await world.context({
      'app.mjs': `import pg from 'pg'\n${HEALTHY}`,
      'package.json': '{"name":"pg","version":"8.0.0"}',
      'index.js': 'module.exports = {}',
      Dockerfile: `FROM ${world.base}\nCOPY package.json index.js /opt/nodejs/node_modules/pg/\nCOPY app.mjs ./\nCMD ["app.handler"]\n`,
    })
    await run({ context, publish: 'never' })
    expect(errors()).toMatchObject([{ rule: 'smoke', message: expect.stringContaining("Cannot find package 'pg'") }])
    expect(errors()[0]?.help).toMatch(/`\/opt\/nodejs\/node_modules`, which only `require` searches/)
    expect(result.summary).toContain('```js\nimport { createRequire }')
  })

  it('the created function ends Failed: reason, remedy, state outputs', async () => {
    const failed = { code: 'InvalidImage', reason: 'UnsupportedImageLayerDetected - Layer Digest sha256:00' }
    world.aws.script({ kind: 'outcome', of: 'create', failed, times: 1 })
    await run({ context: healthy, ...DEPLOY, 'function-name': 'ends-failed' })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'wait', code: 'function-failed' })
    expect(result.report?.failure?.message).toContain('UnsupportedImageLayerDetected')
    expect(result.report?.deployment?.after).toMatchObject({ state: 'Failed', stateReasonCode: 'InvalidImage' })
    expect(result.outputs.state).toBe('Failed')
    expect(result.report?.publication?.digest).toMatch(/^sha256:/)
  })

  it('the update fails while the function stays active on its old code', async () => {
    await run({ context: healthy, ...DEPLOY, 'function-name': 'keeps-old', tags: 'old' })
    await result.dispose()
    const newer = await world.context(nodeFunction(world.base, HEALTHY.replace('true', '"newer"')))
    const failed = { code: 'ImageAccessDenied', reason: 'Lambda does not have permission to access the ECR image.' }
    world.aws.script({ kind: 'outcome', of: 'update', failed, times: 1 })
    await run({ context: newer, ...DEPLOY, 'function-name': 'keeps-old', tags: 'new' })
    expect(result.report?.failure).toMatchObject({ stage: 'wait', code: 'update-failed' })
    expect(result.report?.failure?.help).toContain('ecr:')
    expect(result.outputs).toMatchObject({ state: 'Active', 'last-update-status': 'Failed' })
  })

  it('a denied call fails at once and names the IAM action', async () => {
    world.aws.script({ kind: 'refuse', operation: 'lambda:UpdateFunctionCode', error: 'access-denied' })
    const newer = await world.context(nodeFunction(world.base, HEALTHY.replace('true', '"denied"')))
    await run({ context: newer, ...DEPLOY, 'function-name': 'keeps-old', tags: 'denied' })
    expect(result.report?.failure).toMatchObject({ stage: 'deploy', code: 'access-denied' })
    expect(result.report?.failure?.message).toContain('lambda:UpdateFunctionCode')
    expect(operations().filter((name) => name === 'UpdateFunctionCode')).toHaveLength(1)
  })

  it('an immutable tag on another image stops before anything is deployed', async () => {
    const other = await world.context(nodeFunction(world.base, HEALTHY.replace('true', '"other"')))
    await run({ context: other, ...DEPLOY, tags: 'old' })
    expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'tag-immutable' })
    expect(operations()).not.toContain('CreateFunction')
  })

  it('no such function, and no role to create it with: before the build', async () => {
    await run({ context: healthy, ...TARGET, 'function-name': 'nowhere' })
    expect(result.report?.failure).toMatchObject({ stage: 'plan', code: 'function-not-found' })
    expect(status('build')?.status).toBe('skipped')
  })

  it('credentials that AWS refuses', async () => {
    world.aws.script({ kind: 'refuse', operation: '*', error: 'invalid-credentials' })
    await run({ context: healthy, ...TARGET })
    expect(result.report?.failure).toMatchObject({ stage: 'plan', code: 'access-denied' })
  })
})

describe('a cancelled run', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s: ends, reports, leaves nothing behind', async (signal) => {
    const source = 'export const handler = () => new Promise((done) => setTimeout(done, 60_000))'
    const context = await world.context(nodeFunction(world.base, source))
    let kill: (signal: NodeJS.Signals) => void = () => undefined
    let sent = false
    await run(
      { context, timeout: '60', publish: 'never' },
      {
        onStart: (send) => {
          kill = send
        },
        onOutput: (text) => {
          if (sent || !text.includes('Runtime interface emulator')) return
          sent = true
          setTimeout(() => kill(signal), 1500)
        },
      },
    )
    expect(sent).toBe(true)
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'cancelled' })
    expect(result.report?.verdict).toBe('failed')
    expect(await world.leftovers()).toEqual([])
  })
})
