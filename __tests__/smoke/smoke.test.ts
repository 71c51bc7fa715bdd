import { describe, expect, it } from 'vitest'
import type { RawAnswer } from '../../src/ports/invocations.ts'
import { type SmokePorts, smoke } from '../../src/smoke/smoke.ts'
import { makeEvidence, makeFile, makeImageFacts } from '../builders/evidence.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'
import { makeElfHeader } from './elf-header.ts'
import { fakeEmulators, fakeEngine, fakeInvocations } from './fakes.ts'
import { RECORDINGS } from './recordings.ts'
import { makeCase, makeSmokePlan } from './smoke-plan.ts'

const OK: RawAnswer = { outcome: 'answered', status: 200, body: '{"hello":"World"}', millis: 40 }
const UNREACHABLE: RawAnswer = { outcome: 'unreachable', reason: 'no route' }
const NODE = makeFile('/var/lang/bin/node', { mode: 0o755 })
const RIE = makeFile('/usr/local/bin/aws-lambda-rie', { mode: 0o755 })

function image(files = [NODE, RIE], facts = makeImageFacts()) {
  const subject = { reference: 'fn:1', id: 'sha256:fn', platform: 'linux/amd64' }
  return { architecture: 'x86_64', evidence: makeEvidence({ subject, files, image: facts }) } as const
}

function ports(overrides: Partial<SmokePorts> = {}): SmokePorts {
  return {
    containers: fakeEngine(),
    invocations: fakeInvocations(() => OK),
    emulators: fakeEmulators({ release: async () => makeElfHeader({}) }),
    clock: fakeClock(),
    log: fakeLog(),
    signal: new AbortController().signal,
    ...overrides,
  }
}

describe('smoke', () => {
  it('runs each case in a container of its own, without network, and leaves nothing', async () => {
    const containers = fakeEngine()
    const cases = [makeCase({ name: 'one', expect: { hello: 'World' } }), makeCase({ name: 'two', expect: { a: 1 } })]
    const report = await smoke(makeSmokePlan({ cases }), image(), undefined, ports({ containers }))
    expect(report).toMatchObject({
      status: 'failed',
      reason: '1 of 2 cases failed',
      constraints: { network: { value: 'none', enforced: true } },
      cases: [
        { name: 'one', status: 'passed', millis: 40, initMillis: 29.701, response: { hello: 'World' } },
        { name: 'two', status: 'failed', error: { type: 'Expectation' } },
      ],
    })
    // By its id: the tag may stand for another platform's image by now.
    const started = ['sha256:fn', 'none', '/usr/local/bin/aws-lambda-rie']
    expect(containers.record.started.map((one) => [one.image, one.network, one.entrypoint])).toEqual([started, started])
    expect(containers.record.open).toBe(0)
  })

  it('brings an emulator along, and says when the network is not quite closed', async () => {
    const containers = fakeEngine()
    const invocations = fakeInvocations(() => OK)
    const report = await smoke(makeSmokePlan(), image([]), undefined, ports({ containers, invocations }))
    expect(report.constraints.network).toMatchObject({ enforced: false })
    expect(invocations.routes).toEqual([{ via: 'address', host: '172.18.0.2' }])
    expect(containers.record.started[0]).toMatchObject({
      entrypoint: '/lambda-parity/aws-lambda-rie',
      mounts: [{ name: 'volume', path: '/lambda-parity' }],
      network: 'internal',
    })
    expect(containers.record.open).toBe(0)
  })

  it('tries the next way when one does not lead to the emulator', async () => {
    const invocations = fakeInvocations((route) => (route.via === 'namespace' ? UNREACHABLE : OK))
    const report = await smoke(makeSmokePlan(), image(), undefined, ports({ invocations }))
    expect(invocations.routes.map((route) => route.via)).toEqual(['namespace', 'address'])
    expect(report.status).toBe('passed')
  })

  it('is skipped with the reasons when no way does', async () => {
    const containers = fakeEngine({ state: async () => ({ running: true, exitCode: 0 }) })
    const invocations = fakeInvocations(() => UNREACHABLE)
    const report = await smoke(makeSmokePlan(), image(), undefined, ports({ containers, invocations }))
    expect(report).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(/no route; this machine has no part/),
    })
    expect(containers.record.open).toBe(0)
  })

  it('is skipped when the engine cannot run the architecture', async () => {
    const logs = { stdout: '', stderr: 'exec /usr/local/bin/aws-lambda-rie: exec format error\n' }
    const containers = fakeEngine({ state: async () => ({ running: false, exitCode: 1 }), logs: async () => logs })
    const foreign = { ...image(), architecture: 'arm64' } as const
    const run = ports({ containers, invocations: fakeInvocations(() => UNREACHABLE) })
    const report = await smoke(makeSmokePlan(), foreign, undefined, run)
    expect(report).toMatchObject({ status: 'skipped', reason: expect.stringMatching(/cannot run linux\/arm64/) })
  })

  it('takes the same message for a fault of the image when the architectures agree', async () => {
    const startFailure = 'exec format error'
    const report = await smoke(makeSmokePlan(), image(), undefined, ports({ containers: fakeEngine({ startFailure }) }))
    expect(report.cases[0]?.error).toMatchObject({ type: 'Runtime.InvalidEntrypoint' })
  })

  it('an engine that goes away is no fault of the image', async () => {
    const containers = fakeEngine({ startFailure: 'docker: Cannot connect to the Docker daemon at unix:///x' })
    const running = smoke(makeSmokePlan(), image(), undefined, ports({ containers }))
    await expect(running).rejects.toMatchObject({ code: 'docker-unavailable' })
    expect(containers.record.open).toBe(0)
  })

  it('an image without ENTRYPOINT and CMD fails without being started', async () => {
    const containers = fakeEngine()
    const empty = image([RIE], makeImageFacts({ entrypoint: [], command: [] }))
    const report = await smoke(makeSmokePlan(), empty, undefined, ports({ containers }))
    expect(report).toMatchObject({ status: 'failed', cases: [{ error: { type: 'Runtime.InvalidEntrypoint' } }] })
    expect(containers.record.started).toEqual([])
  })

  it("takes the reason from the log when the container ends by itself, and hides the environment's values", async () => {
    const { glibcTooOld } = RECORDINGS
    const containers = fakeEngine({ logs: async () => glibcTooOld.logs })
    const answer: RawAnswer = { outcome: 'answered', status: 502, body: '', millis: 9 }
    const run = ports({ containers, invocations: fakeInvocations(() => answer) })
    const report = await smoke(makeSmokePlan({ environment: { NAME: 'GLIBC_2.39' } }), image(), undefined, run)
    expect(report.cases[0]?.error?.message).toMatch(/version `\*\*\*' not found/)
    expect(JSON.stringify(report)).not.toContain('GLIBC_2.39')
    expect(report.cases[0]?.logTail).toMatch(/not found/)
  })
})
