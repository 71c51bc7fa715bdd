import { describe, expect, it } from 'vitest'
import { ActionError } from '../../../src/errors.ts'
import type { LayerPublishPlan } from '../../../src/plan/plan.ts'
import type { LayerApi, LayerVersion } from '../../../src/ports/layer-api.ts'
import type { S3 } from '../../../src/ports/s3.ts'
import { publishLayer } from '../../../src/publish/layer/publish-layer.ts'
import type { LayerPublication } from '../../../src/report/report.ts'
import { inTurn } from '../../builders/aws.ts'
import {
  accountStatement,
  fakeLayers,
  fakeS3,
  LAYER_ARN,
  makeLayerPublishPlan,
  makeLayerVersion,
  policyText,
} from '../../builders/layer-publication.ts'
import { fakeClock, fakeLog } from '../../builders/ports.ts'

const ACCOUNT = '210987654321'
const FINGERPRINT = '0123456789abcdef'.repeat(4)
const error = (code: 'throttled' | 'access-denied') => new ActionError(code, code, { help: '' })

type Options = {
  readonly plan?: Partial<LayerPublishPlan>
  readonly newest?: LayerVersion
  readonly sha256?: string
  readonly bytes?: number
  readonly layers?: Partial<LayerApi>
  readonly s3?: Partial<S3>
}

/** A layer API that keeps what it was told, a bucket, and a zip of so many bytes. */
function world({ plan = {}, newest, sha256 = 'ours', bytes = 4, layers: methods = {}, s3: own = {} }: Options) {
  const calls: string[] = []
  const told: LayerPublication[] = []
  const log = fakeLog()
  const clock = fakeClock()
  const s3 = fakeS3(own)
  const layers = fakeLayers({
    newestVersion: async () => newest,
    content: async () => ({ codeSha256: sha256 }),
    publish: async ({ description, content }) => {
      calls.push(`publish ${'bucket' in content ? 's3' : 'zip'} ${description}`)
      return { arn: `${LAYER_ARN}:4`, version: 4, codeSha256: 'ours' }
    },
    policy: async () => undefined,
    grant: async (arn, { statementId }) => {
      calls.push(`grant ${arn} ${statementId}`)
      return 'added'
    },
    ...methods,
  })
  const ports = {
    ...{ layers, s3, log, clock },
    files: { readStart: async () => Buffer.alloc(bytes) },
    signal: new AbortController().signal,
    known: (publication: LayerPublication) => told.push(publication),
  }
  const zip = { path: 'layer.zip', bytes, sha256: 'ours' }
  return {
    ...{ calls, told, log, clock, s3 },
    run: () => publishLayer(makeLayerPublishPlan(plan), { zip, fingerprint: FINGERPRINT, runId: 'run' }, ports),
  }
}

describe('publishLayer', () => {
  it.each([
    ['its bytes are the same', makeLayerVersion(), 'ours', true],
    [
      'its mark is, though zlib made other bytes',
      makeLayerVersion({ description: 'What shops need [content:0123456789abcdef]' }),
      'other',
      true,
    ],
    ['neither is', makeLayerVersion({ description: 'What shops need [content:ffffffffffffffff]' }), 'other', false],
    ['the bytes are, and the licence is not', makeLayerVersion({ licenseInfo: 'MIT' }), 'ours', false],
  ])('takes the newest version again when %s', async (_, newest, sha256, reused) => {
    const { run, calls } = world({ newest, sha256 })
    const made = await run()
    expect(made).toEqual({
      layerVersionArn: `${LAYER_ARN}:${reused ? 3 : 4}`,
      version: reused ? 3 : 4,
      codeSha256: reused ? sha256 : 'ours',
      reused,
      shared: [],
    })
    expect(calls).toEqual(reused ? [] : ['publish zip What shops need [content:0123456789abcdef]'])
  })

  it('tells what is published before it is shared, and each sharee when it is', async () => {
    const grant = inTurn<'added'>('added', error('access-denied'))
    const { run, told } = world({ plan: { shareWith: [ACCOUNT, '*'] }, layers: { grant } })
    await expect(run()).rejects.toMatchObject({ code: 'access-denied' })
    expect(told.map(({ shared }) => shared)).toEqual([[], [ACCOUNT]])
  })

  it('is patient with throttling until the deadline, and with nothing else', async () => {
    const newestVersion = inTurn<undefined>(error('throttled'), error('throttled'), undefined)
    const patient = world({ layers: { newestVersion } })
    expect((await patient.run()).version).toBe(4)
    expect(patient.clock.slept.length).toBe(2)
    const never = world({ plan: { waitTimeout: 5 }, layers: { newestVersion: inTurn<undefined>(error('throttled')) } })
    await expect(never.run()).rejects.toMatchObject({ code: 'throttled' })
    const denied = world({ layers: { newestVersion: inTurn<undefined>(error('access-denied')) } })
    await expect(denied.run()).rejects.toMatchObject({ code: 'access-denied' })
    expect(denied.clock.slept).toEqual([])
  })

  it('refuses what arrived as other bytes', async () => {
    const publish = async () => ({ arn: `${LAYER_ARN}:4`, version: 4, codeSha256: 'theirs' })
    const { run, told } = world({ layers: { publish } })
    await expect(run()).rejects.toMatchObject({
      code: 'verify-mismatch',
      message: expect.stringContaining(`${LAYER_ARN}:4`),
    })
    expect(told).toEqual([])
  })
})

describe('a zip by way of a bucket', () => {
  const large = { bytes: 60_000_000, plan: { bucket: 'b' } } satisfies Options

  it.each([
    ['published', {}],
    ['refused', { publish: inTurn<never>(error('access-denied')) }],
  ] satisfies [string, Partial<LayerApi>][])('is removed when it was %s', async (_, layers) => {
    const { run, s3 } = world({ ...large, layers })
    await run().catch(() => undefined)
    expect([...s3.keys]).toEqual([])
  })

  it('that cannot be removed is a warning', async () => {
    const { run, log, calls } = world({ ...large, s3: { remove: inTurn<void>(error('access-denied')) } })
    expect((await run()).reused).toBe(false)
    expect(calls[0]).toMatch(/^publish s3/)
    expect(log.lines.find((line) => line.startsWith('warning: s3://b/'))).toContain('access-denied')
  })
})

describe('sharing', () => {
  const newest = makeLayerVersion()

  it('adds what is missing of a version that is there, and says who else may use it', async () => {
    const policy = async () => policyText(accountStatement('111111111111'), accountStatement(ACCOUNT, 'by-hand'))
    const { run, calls, log } = world({
      newest,
      plan: { shareWith: [ACCOUNT, 'org:o-a1b2c3d4e5'] },
      layers: { policy },
    })
    expect(await run()).toMatchObject({ shared: [ACCOUNT, 'org:o-a1b2c3d4e5'], alsoShared: ['111111111111'] })
    expect(calls).toEqual([`grant ${LAYER_ARN}:3 lambda-parity-o-a1b2c3d4e5`])
    expect(log.lines.join()).toContain('can also be used by account 111111111111')
  })

  it('takes another id where somebody else has ours', async () => {
    const policy = async () => policyText(accountStatement('111111111111', `lambda-parity-${ACCOUNT}`))
    const { run, calls } = world({ newest, plan: { shareWith: [ACCOUNT] }, layers: { policy } })
    await run()
    expect(calls).toEqual([`grant ${LAYER_ARN}:3 lambda-parity-${ACCOUNT}-2`])
  })

  it.each([
    ['is as good', accountStatement(ACCOUNT), undefined],
    ['for somebody else is a conflict', accountStatement('111111111111', `lambda-parity-${ACCOUNT}`), 'conflict'],
  ])('a statement that another run adds meanwhile %s', async (_, statement, code) => {
    const policy = inTurn<string | undefined>(undefined, policyText(statement))
    const { run } = world({ newest, plan: { shareWith: [ACCOUNT] }, layers: { policy, grant: async () => 'exists' } })
    if (code === undefined) expect(await run()).toMatchObject({ shared: [ACCOUNT] })
    else await expect(run()).rejects.toMatchObject({ code })
  })

  it('that nobody asked for needs no look at the policy; that somebody did ask for does', async () => {
    const policy = inTurn<string | undefined>(error('access-denied'))
    expect(await world({ newest, layers: { policy } }).run()).toMatchObject({ shared: [] })
    const asked = world({ newest, plan: { shareWith: [ACCOUNT] }, layers: { policy } })
    await expect(asked.run()).rejects.toMatchObject({ code: 'access-denied' })
  })

  it('says who stays on the version before', async () => {
    const policy = async () => policyText(accountStatement(ACCOUNT))
    const { run } = world({ newest, sha256: 'other', layers: { policy } })
    expect(await run()).toMatchObject({
      version: 4,
      formerlyShared: { layerVersionArn: `${LAYER_ARN}:3`, sharees: [ACCOUNT] },
    })
  })
})
