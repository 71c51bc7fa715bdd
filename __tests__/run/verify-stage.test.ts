import { expect, it } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { StageFailed, stageRecorder } from '../../src/run/stage-recorder.ts'
import { verifyStage } from '../../src/run/verify-stage.ts'
import { makeDeployPlan } from '../builders/aws.ts'
import { makePlan } from '../builders/plan.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:get-customer'
const verify = {
  cases: [{ name: 'default', event: {}, environment: {}, timeout: 3 }],
  left: [],
  environment: {},
}
const deployed = { deployment: { functionArn: ARN, waitedSeconds: 0, polls: 1 } }
const smoke = {
  status: 'passed',
  constraints: {},
  cases: [{ name: 'default', status: 'passed', millis: 1, response: { at: 'home' } }],
} as const

async function stage(plan: Plan, known: Parameters<typeof verifyStage>[1] = {}) {
  const clock = fakeClock()
  const log = fakeLog()
  const stages = stageRecorder(clock, log, new Promise(() => undefined))
  const invocations = {
    invoke: async () => ({ outcome: 'answered', payload: '{"at":"AWS"}', failed: false, log: '' }) as const,
  }
  const aws = { functionInvocations: () => invocations } as unknown as Parameters<typeof verifyStage>[4]['aws']
  const { signal } = new AbortController()
  await verifyStage(plan, known, { signal }, stages, { aws, clock, log }).catch((error: unknown) => {
    if (!(error instanceof StageFailed)) throw error
  })
  const outcome = stages.outcomes('').find(({ name }) => name === 'verify')
  return `${outcome?.status}: ${outcome?.detail}\n${stages.failure()?.help ?? ''}`
}

const layer = { kind: 'layer', deploy: makeDeployPlan(), verify } as const

it.each<[string, Plan, Parameters<typeof verifyStage>[1], RegExp]>([
  ['not asked for', makePlan({ verify: { skipped: 'not asked' } }), deployed, /^skipped: not asked\n$/],
  ['nothing deployed', makePlan({ deploy: makeDeployPlan(), verify }), {}, /^skipped: nothing was deployed\n$/],
  [
    'dry-run',
    makePlan({ deploy: makeDeployPlan(), verify, dryRun: true }),
    {},
    /^skipped: dry-run, would invoke get-customer with 1 event\n$/,
  ],
  [
    'another answer than the local one',
    makePlan({ deploy: makeDeployPlan(), verify }),
    { ...deployed, smoke },
    /^failed: .*locally "home", deployed "AWS"/,
  ],
  [
    'another answer, with an alias',
    makePlan({ deploy: makeDeployPlan({ alias: 'live' }), verify }),
    { ...deployed, smoke },
    /^failed: .*\nThe alias live was neither created nor moved/,
  ],
  ['a layer', makePlan(layer), { ...deployed, smoke }, /^passed: .*no local run of this function/],
])('%s', async (_what, plan, known, said) => {
  expect(await stage(plan, known)).toMatch(said)
})
