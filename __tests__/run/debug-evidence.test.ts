import { expect, it } from 'vitest'
import type { Subject } from '../../src/checks/check.ts'
import type { SmokePlan } from '../../src/plan/plan.ts'
import { writeDebugEvidence } from '../../src/run/debug-evidence.ts'
import { makePlan } from '../builders/plan.ts'
import { makeSubject } from '../builders/subject.ts'

/** The file that is written of a subject with this smoke; `undefined`: none. */
async function written(smoke: Subject['plan']['smoke'], debug = '1'): Promise<string | undefined> {
  const texts: string[] = []
  const subject = makeSubject({ plan: { ...makePlan(), smoke } })
  const ports = { files: { writeText: async (_: string, text: string) => texts.push(text) }, log: { info: () => {} } }
  const request = { environment: { RUNNER_DEBUG: debug } }
  await writeDebugEvidence({ subject } as never, request as never, '/report', ports as never)
  return texts[0]
}

const smokePlan = (environment: Readonly<Record<string, string>>): SmokePlan => ({
  cases: [],
  environment,
  memorySize: 128,
  timeout: 3,
  ephemeralStorage: 512,
  network: 'none',
})

it('names what the smoke gives the function, and shows no value of it', async () => {
  const text = (await written(smokePlan({ API_PASSWORD: 'hunter2', NUMBA_CACHE_DIR: '/tmp/tr0ub4dor' }))) ?? ''
  expect(text).not.toMatch(/hunter2|tr0ub4dor/)
  expect(JSON.parse(text).plan.smoke).toEqual({
    environment: { API_PASSWORD: '(not shown)', NUMBA_CACHE_DIR: '(not shown)' },
  })
})

it('says that no smoke runs, and writes nothing where nobody debugs', async () => {
  const skipped = { skipped: '`smoke` is `false`' }
  expect(JSON.parse((await written(skipped)) ?? '').plan.smoke).toEqual(skipped)
  expect(await written(skipped, '0')).toBeUndefined()
})
