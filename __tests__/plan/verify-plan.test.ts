import { expect, it } from 'vitest'
import { resolveValues } from '../../src/plan/values.ts'
import { verifyPlan } from '../../src/plan/verify-plan.ts'
import type { Found } from '../../src/resolve/found.ts'
import type { SuiteCase } from '../../src/smoke/suite.ts'
import { makeDeployPlan } from '../builders/aws.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const ASKED = { 'verify-invoke': 'true' } as const

function plan(
  texts: InputTexts,
  found: Partial<Found> = {},
  deploy: Parameters<typeof verifyPlan>[2] = makeDeployPlan(),
) {
  const everything: Found = { credentials: 'found', warnings: [], ...found }
  return verifyPlan(resolveValues(read(texts).inputs, makeContext(), everything), everything, deploy)
}

it('says why nothing is invoked', () => {
  expect(plan({})).toEqual({ skipped: '`verify-invoke` is not asked for' })
  expect(plan(ASKED, {}, { skipped: 'no `function-name` is given' })).toEqual({
    skipped: 'nothing is deployed: no `function-name` is given',
  })
})

it('invokes with the event of the smoke and its expectation, also without a smoke', () => {
  const found = { event: { json: { id: 7 } }, expect: { json: { ok: true } } }
  const expected = {
    cases: [{ name: 'default', event: { id: 7 }, expect: { ok: true }, environment: {}, timeout: 30 }],
    left: [],
    environment: { KEY: 'x' },
  }
  expect(plan({ ...ASKED, 'smoke-env': 'KEY=x' }, found)).toEqual(expected)
  expect(plan({ ...ASKED, 'smoke-env': 'KEY=x', smoke: 'false' }, found)).toEqual(expected)
})

it('expects of a function with a layer what the inputs say, unless they speak of the local handler', () => {
  const found = { event: { json: { id: 7 } }, expect: { json: 1 } }
  const layer = { ...ASKED, kind: 'layer', runtime: 'nodejs22.x', 'layer-path': 'l' }
  const one = { name: 'default', event: { id: 7 }, environment: {}, timeout: 30 }
  expect(plan(layer, found)).toEqual({ cases: [{ ...one, expect: 1 }], left: [], environment: {} })
  const local = { ...layer, 'smoke-handler': 'tests/app.handler' }
  expect(plan(local, found)).toEqual({ cases: [one], left: [], environment: {} })
})

it('leaves out cases that only the local run can set up', () => {
  const suite: SuiteCase[] = [
    { name: 'plain', environment: {} },
    { name: 'error', expectError: 'Boom', environment: {} },
    { name: 'night', environment: { TZ: 'UTC' } },
    { name: 'slow', expectError: 'Sandbox.Timedout', environment: {}, timeout: 1 },
  ]
  expect(plan(ASKED, { suite })).toMatchObject({
    cases: [{ name: 'plain' }, { name: 'error' }],
    left: [{ name: 'night', reason: expect.stringContaining('`env`') }, { name: 'slow' }],
  })
  expect(plan(ASKED, { suite: suite.slice(2) })).toEqual({
    skipped: expect.stringMatching(/^no case can be invoked at AWS: "night" \(its `env`.*"slow" \(its `timeout`/),
  })
})
