import { describe, expect, it } from 'vitest'
import { type VerifyRequest, verifyDeployment } from '../../../src/deploy/verify/verify-deployment.ts'
import { ActionError } from '../../../src/errors.ts'
import type { SmokeCasePlan } from '../../../src/plan/plan.ts'
import type { FunctionAnswer, NotNow } from '../../../src/ports/function-invocations.ts'
import type { SmokeReport } from '../../../src/report/report.ts'
import { inTurn } from '../../builders/aws.ts'
import { fakeClock, fakeLog } from '../../builders/ports.ts'

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:get-customer'
const one: SmokeCasePlan = { name: 'default', event: { id: 7 }, environment: {}, timeout: 3 }
const other: SmokeCasePlan = { ...one, name: 'other', expect: { ok: true } }
const answered = (payload: string, more: Partial<FunctionAnswer> = {}): FunctionAnswer => ({
  ...{ outcome: 'answered', payload, failed: false, log: '' },
  ...more,
})
const smoke: SmokeReport = {
  status: 'passed',
  constraints: {},
  cases: [{ name: 'default', status: 'passed', millis: 1, response: { ok: true } }],
}

function scene(answers: readonly (FunctionAnswer | NotNow | Error)[], change: Partial<VerifyRequest> = {}) {
  const asked: unknown[][] = []
  const next = inTurn<FunctionAnswer | NotNow>(...answers)
  const clock = fakeClock()
  const invocations = {
    invoke: async (...given: unknown[]) => {
      asked.push(given)
      return await next()
    },
  }
  const request: VerifyRequest = {
    plan: { cases: [one], left: [], environment: {} },
    deployment: { functionArn: ARN },
    smoke,
    deadline: 60_000,
    ...change,
  }
  const ports = { invocations, clock, log: fakeLog(), signal: new AbortController().signal }
  return { asked, clock, run: () => verifyDeployment(request, ports) }
}

it('invokes $LATEST, or the version that was published, once with each event', async () => {
  const latest = scene([answered('{"ok":true}')])
  expect(await latest.run()).toBe(`${ARN}: 1 answer equal to the local one`)
  expect(latest.asked).toEqual([[ARN, undefined, '{"id":7}']])
  const left = [{ name: 'night', reason: 'its `env` is set in the local run only' }]
  const version = scene([answered('{"ok":true}')], {
    plan: { cases: [one, other], left, environment: {} },
    deployment: { functionArn: ARN, versionPublished: '4' },
  })
  expect(await version.run()).toBe(
    `${ARN}:4: 1 answer as expected, 1 answer equal to the local one; not invoked: "night" (its \`env\` is set in the local run only)`,
  )
  expect(version.asked).toHaveLength(2)
  expect(version.asked[1]).toEqual([ARN, '4', '{"id":7}'])
})

it('says when there was nothing to compare with', async () => {
  const skipped: SmokeReport = { ...smoke, status: 'skipped', reason: 'no emulator', cases: [] }
  expect(await scene([answered('1')], { smoke: skipped }).run()).toContain('(smoke skipped: no emulator)')
})

describe('fails with verify-mismatch', () => {
  it('of all cases, with what differs', async () => {
    const { run } = scene([answered('{"ok":false}')], { plan: { cases: [one, other], left: [], environment: {} } })
    await expect(run()).rejects.toMatchObject({
      code: 'verify-mismatch',
      message: `\`${ARN}\` is deployed, but answers otherwise than it should in 2 of 2 cases: default: $.ok: locally true, deployed false\nother: $.ok: expected true, got false`,
      help: expect.stringContaining('`smoke-expect`'),
    })
  })

  it('with the function error and the end of its log, without what is hidden', async () => {
    const payload = '{"errorType":"Boom","errorMessage":"no hunter2"}'
    const { run } = scene([answered(payload, { failed: true, log: '\u001b[31mhunter2 is wrong\n' })], {
      plan: { cases: [one], left: [], environment: { KEY: 'hunter2' } },
    })
    await expect(run()).rejects.toMatchObject({
      code: 'verify-mismatch',
      message: expect.stringMatching(
        /default: function error Boom: no \*\*\*\nLast of the log \(default\):\n\*\*\* is wrong$/,
      ),
    })
  })

  it('without telling more of many cases than fits', async () => {
    const cases = Array.from({ length: 40 }, (_, index) => ({ ...other, name: `case ${index}` }))
    const error = await scene([answered(JSON.stringify('x'.repeat(9000)))], {
      plan: { cases, left: [], environment: {} },
    })
      .run()
      .catch((error: ActionError) => error)
    expect(error).toMatchObject({ message: expect.stringContaining('… and 35 more cases') })
    expect(String(error).length).toBeLessThan(5000)
  })
})

describe('invokes again', () => {
  it('while it is throttled, in a change, or not ready', async () => {
    const { asked, clock, run } = scene([
      new ActionError('throttled', 'Rate exceeded', { help: '' }),
      new ActionError('conflict', 'Pending', { help: '' }),
      { outcome: 'not-now', reason: 'ResourceNotReadyException: wait' },
      answered('{"ok":true}'),
    ])
    await run()
    expect(asked).toHaveLength(4)
    expect(clock.slept).toEqual([500, 1000, 2000])
  })

  it('until the deadline', async () => {
    const { clock, run } = scene([{ outcome: 'not-now', reason: 'ServiceException: sorry' }])
    await expect(run()).rejects.toMatchObject({ code: 'wait-timeout', message: expect.stringContaining('sorry') })
    expect(clock.now()).toBe(60_000)
  })

  it('not after a denial', async () => {
    const denied = new ActionError('access-denied', 'lambda:InvokeFunction is denied', { help: '' })
    const { asked, run } = scene([denied])
    await expect(run()).rejects.toBe(denied)
    expect(asked).toHaveLength(1)
  })
})
