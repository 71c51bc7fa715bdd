import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { up } from '../../lab/lab.ts'
import { systemClock } from '../../src/adapters/clock.ts'
import { dockerContainers } from '../../src/adapters/docker-containers.ts'
import { dockerEngine } from '../../src/adapters/docker-engine.ts'
import { removeRunResources } from '../../src/adapters/docker-run-resources.ts'
import { emulatorInvocations } from '../../src/adapters/emulator-invocations.ts'
import { emulatorBinaries } from '../../src/adapters/rie-download.ts'
import { imageFacts } from '../../src/inspect/image-facts.ts'
import type { SmokePlan } from '../../src/plan/plan.ts'
import { smoke } from '../../src/smoke/smoke.ts'
import { makeEvidence, makeFile } from '../builders/evidence.ts'
import { fakeLog } from '../builders/ports.ts'
import { makeCase, makeSmokePlan } from './smoke-plan.ts'

const RUN_ID = `smoke-test-${process.pid}`
const IMAGE = `lambda-parity-smoke-test:${process.pid}`
const WITHOUT_EMULATOR = `lambda-parity-smoke-test:${process.pid}-bare`

const HANDLERS = `
const fs = require('node:fs'), net = require('node:net')
exports.hello = async (event) => ({ hello: event.name, uid: process.getuid(), token: process.env.TOKEN, path: process.env.PATH })
exports.large = async () => 'x'.repeat(6_000_000)
exports.throws = async () => { throw new RangeError('boom') }
exports.exits = async () => process.exit(9)
exports.hangs = () => new Promise(() => setInterval(() => {}, 1000))
exports.late = () => new Promise((done) => setTimeout(done, 1300, 'late'))
exports.grows = async () => { const kept = []; for (;;) kept.push(Buffer.alloc(10 << 20, 1)) }
exports.writesTask = async () => fs.writeFileSync('/var/task/x', 'x')
exports.writesTmp = async () => { fs.writeFileSync('/tmp/x', 'x'); return fs.readFileSync('/tmp/x', 'utf8') }
exports.dials = async ({ host }) => new Promise((done) => {
  net.connect(9, host).on('connect', () => done('connected')).on('error', (error) => done(error.code))
})
`

const BASH = ['bash', 'cat', 'sleep'].map((name) => makeFile(`/usr/bin/${name}`, { mode: 0o755 }))
const NODE = makeFile('/var/lang/bin/node', { mode: 0o755 })
const RIE = makeFile('/usr/local/bin/aws-lambda-rie', { mode: 0o755 })

const docker = async (...argv: string[]) => (await promisify(execFile)('docker', argv)).stdout.trim()

let riePath: string
beforeAll(async () => {
  const lab = await up()
  riePath = lab.rie.path
  const { 'lambda/nodejs:22': base } = await lab.images(['lambda/nodejs:22'])
  const context = await mkdtemp(join(tmpdir(), 'smoke-test-'))
  await writeFile(join(context, 'app.js'), HANDLERS)
  await writeFile(join(context, 'dies.js'), "console.error('Error: no licence'); process.exit(3)")
  await writeFile(join(context, 'imports.js'), "require('left-pad'); exports.handler = async () => 1")
  await writeFile(
    join(context, 'Dockerfile'),
    `FROM ${base} AS own\nCOPY *.js /var/task/\nCMD ["app.hello"]\nFROM own AS bare\nRUN rm /usr/local/bin/aws-lambda-rie\n`,
  )
  await docker('build', '--quiet', '--tag', IMAGE, '--target', 'own', context)
  await docker('build', '--quiet', '--tag', WITHOUT_EMULATOR, context)
  await rm(context, { recursive: true })
})

afterAll(async () => {
  await docker('rmi', '--force', IMAGE, WITHOUT_EMULATOR)
})

type Given = { reference?: string; files?: typeof BASH; signal?: AbortSignal }

async function run(plan: Partial<SmokePlan>, given: Given = {}) {
  const reference = given.reference ?? IMAGE
  const image = imageFacts(JSON.parse(await docker('image', 'inspect', reference))[0])
  const subject = { reference, platform: 'linux/amd64' }
  const evidence = makeEvidence({ subject, image, files: given.files ?? [...BASH, RIE] })
  const signal = given.signal ?? new AbortController().signal
  const { server } = await dockerEngine.facts()
  if (server === undefined) throw new Error('no engine answers')
  return await smoke(makeSmokePlan(plan), { architecture: 'x86_64', evidence }, undefined, {
    containers: dockerContainers({ runId: RUN_ID, signal }, server),
    invocations: emulatorInvocations({ runId: RUN_ID }),
    emulators: emulatorBinaries({ toolCache: '/nonexistent', signal }),
    clock: systemClock,
    log: fakeLog(),
    signal,
  })
}

async function labelled(): Promise<string> {
  const filter = ['--quiet', '--filter', `label=lambda-parity.run=${RUN_ID}`]
  const lists = [
    docker('ps', '--all', ...filter),
    docker('volume', 'ls', ...filter),
    docker('network', 'ls', ...filter),
  ]
  return (await Promise.all(lists)).join('')
}

describe('smoke of a Node.js image', () => {
  it('answers under the constraints, with secrets hidden and nothing left', async () => {
    const environment = { TOKEN: 'hunter2-hunter2', PATH: '/var/lang/bin:/usr/bin:/own' }
    const report = await run({ environment, cases: [makeCase({ event: { name: 'World' }, expect: { uid: 993 } })] })
    expect(report).toMatchObject({ status: 'passed', constraints: { network: { value: 'none', enforced: true } } })
    expect(report.cases[0]?.response).toEqual({ hello: 'World', uid: 993, token: '***', path: '***' })
    expect(report.cases[0]?.initMillis).toBeGreaterThan(0)
    expect(await labelled()).toBe('')
  })

  it.each([
    ['app.throws', 'RangeError', /^boom$/],
    ['app.nothing', 'Runtime.HandlerNotFound', /app\.nothing is undefined or not exported/],
    ['nofile.handler', 'Runtime.ImportModuleError', /Cannot find module 'nofile'/],
    ['imports.handler', 'Runtime.ImportModuleError', /Cannot find module 'left-pad'/],
    ['dies.handler', 'Runtime.ExitError', /exit status 3: Error: no licence/],
    ['app.exits', 'Runtime.ExitError', /exit status 9/],
    ['app.grows', 'Runtime.OutOfMemory', /128 MB of memory \(counted by the kernel\)/],
    ['app.writesTask', 'Error', /EROFS/],
    ['app.late', 'Sandbox.Timedout', /the handler took \d+\.\d s/],
    ['app.hangs', 'Sandbox.Timedout', /the handler did not answer within 1 s/],
  ])('%s fails with %s', async (handler, type, message) => {
    const report = await run({ handler, cases: [makeCase({ timeout: 1 })] })
    expect(report.status).toBe('failed')
    expect(report.cases[0]?.error).toEqual({ type, message: expect.stringMatching(message) })
  })

  it.each([
    ['through a program beside it', BASH],
    ['by its address', []],
  ])('leaves nothing when it is cancelled while it is invoked %s', async (_, files) => {
    const controller = new AbortController()
    const running = run({ handler: 'app.hangs' }, { files: [...files, RIE], signal: controller.signal })
    setTimeout(() => controller.abort(new Error('cancelled')), 1_000)
    await expect(running).rejects.toThrow('cancelled')
    expect(await labelled()).toBe('')
  })

  it('can write to /tmp', async () => {
    const report = await run({ handler: 'app.writesTmp' })
    expect(report.cases[0]).toMatchObject({ status: 'passed', response: 'x' })
  })

  it('reaches nothing without network', async () => {
    const report = await run({ handler: 'app.dials', cases: [makeCase({ event: { host: '172.17.0.1' } })] })
    expect(report.cases[0]?.response).toBe('ENETUNREACH')
  })

  it.each([
    ['through bash', 'none', [...BASH, RIE], true],
    ['through node', 'none', [NODE, RIE], true],
    ['by address on an internal network, where the image has no program for it', 'none', [RIE], false],
    ['by address on the default bridge', 'bridge', [RIE], true],
  ] as const)('passes a large answer on %s', async (_, network, files, enforced) => {
    const report = await run({ handler: 'app.large', network }, { files: [...files] })
    expect(report.constraints.network?.enforced).toBe(enforced)
    expect(report.cases[0]?.response).toHaveLength(6_000_000)
  })

  it('brings the emulator into an image that has none', async () => {
    const report = await run({ riePath }, { reference: WITHOUT_EMULATOR, files: BASH })
    expect(report.cases[0]).toMatchObject({ status: 'passed' })
    expect(await labelled()).toBe('')
  })
})

describe('removeRunResources', () => {
  it("removes what carries this run's label and nothing of a neighbour", async () => {
    const mine = ['--label', `lambda-parity.run=${RUN_ID}`]
    const neighbour = `lambda-parity-neighbour-${process.pid}`
    await docker('volume', 'create', '--label', `lambda-parity.run=${RUN_ID}-2`, neighbour)
    await docker('network', 'create', '--internal', ...mine, `${RUN_ID}-network`)
    await docker('volume', 'create', ...mine, `${RUN_ID}-volume`)
    const mount = ['--mount', `type=volume,source=${RUN_ID}-volume,target=/v`]
    await docker(
      'run',
      '--detach',
      ...mine,
      ...mount,
      '--network',
      `${RUN_ID}-network`,
      '--entrypoint',
      'sleep',
      IMAGE,
      '300',
    )
    expect(await removeRunResources(RUN_ID)).toBe(true)
    expect(await labelled()).toBe('')
    expect(await docker('volume', 'rm', neighbour)).toBe(neighbour)
  })
})
