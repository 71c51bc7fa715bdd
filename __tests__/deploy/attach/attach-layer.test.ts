import { describe, expect, it } from 'vitest'
import { attachLayer, layerRollout } from '../../../src/deploy/attach/attach-layer.ts'
import type { LambdaApi, LambdaFunction, LayersAnswer } from '../../../src/ports/lambda-api.ts'
import { fakeLambda, inTurn, makeFunction } from '../../builders/aws.ts'
import { LAYER_ARN } from '../../builders/layer-publication.ts'
import { fakeClock, fakeLog } from '../../builders/ports.ts'

const A = LAYER_ARN.replace('shop', 'a:1')
const zip = (overrides: Partial<LambdaFunction> = {}) =>
  makeFunction({ packageType: 'Zip', runtime: 'python3.13', layers: [A, `${LAYER_ARN}:3`], ...overrides })

function world(methods: Partial<LambdaApi>, deadline = 60_000) {
  const calls: unknown[] = []
  const clock = fakeClock()
  const log = fakeLog()
  const setLayers = async (...call: unknown[]): Promise<LayersAnswer> => {
    calls.push(call)
    return { outcome: 'accepted', configuration: zip({ lastUpdateStatus: 'InProgress' }) }
  }
  const lambda = fakeLambda({ getFunction: async () => zip(), setLayers, ...methods })
  const request = {
    plan: { functionName: 'shop', region: 'eu-west-1', publishVersion: false, waitTimeout: 60 },
    layer: { name: 'shop', runtimes: ['python3.13'], architectures: ['x86_64'] },
    publication: { layerVersionArn: `${LAYER_ARN}:4` },
    deadline,
  }
  const ports = { lambda, clock, log, signal: new AbortController().signal, known: () => undefined }
  return { calls, clock, log, request, run: () => attachLayer(request, ports) }
}

describe('attachLayer', () => {
  it('sends the list with its own version replaced, under the revision that was read', async () => {
    const { run, calls } = world({})
    expect(await run()).toMatchObject({ change: 'updated', deployment: { before: { layers: [A, `${LAYER_ARN}:3`] } } })
    expect(calls).toEqual([['shop', [A, `${LAYER_ARN}:4`], 'revision-1']])
  })

  it('sends nothing to a function that has the version', async () => {
    const { run, calls } = world({ getFunction: async () => zip({ layers: [A, `${LAYER_ARN}:4`] }) })
    expect([(await run()).change, calls]).toEqual(['none', []])
  })

  it('reads the function again when somebody was faster, or a change is under way', async () => {
    const getFunction = inTurn<LambdaFunction>(
      zip({ lastUpdateStatus: 'InProgress' }),
      zip(),
      zip({ layers: [], revisionId: 'revision-2' }),
    )
    const sent: unknown[] = []
    const answers = inTurn<LayersAnswer>({ outcome: 'revision-changed' }, { outcome: 'accepted', configuration: zip() })
    const { run, clock } = world({
      getFunction,
      setLayers: async (...call) => {
        sent.push(call)
        return await answers()
      },
    })
    await run()
    expect(sent.at(-1)).toEqual(['shop', [`${LAYER_ARN}:4`], 'revision-2'])
    expect(clock.slept.length).toBe(2)
  })

  it.each([
    ['function-not-found', undefined],
    ['invalid-input', zip({ architectures: ['arm64'] })],
    ['conflict', zip({ lastUpdateStatus: 'InProgress' })],
  ])('rejects with %s', async (code, found) => {
    const { run, calls } = world({ getFunction: async () => found }, 10_000)
    await expect(run()).rejects.toMatchObject({ code })
    expect(calls).toEqual([])
  })
})

it('what is waited for is the version in the list of layers', () => {
  const { isDeployed, instead } = layerRollout(world({}).request)
  expect(isDeployed(zip())).toBe(false)
  expect(isDeployed(zip({ layers: [`${LAYER_ARN}:4`] }))).toBe(true)
  expect(instead(zip({ layers: [] }))).toContain('its layers: none')
})
