import { expect, it } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { StageFailed, stageRecorder } from '../../src/run/stage-recorder.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const never = new Promise<never>(() => undefined)

it('records what ran, what failed first and what never came to run, in order', async () => {
  const clock = fakeClock()
  const stages = stageRecorder(clock, fakeLog(), never)
  const value = await stages.run('plan', 'Plan', async () => {
    await clock.sleep(1500)
    return { value: 7, detail: 'seven' }
  })
  expect(value).toBe(7)
  const broken = stages.run('build', 'Build', async () => {
    throw new ActionError('build-failed', 'npm ci failed', { help: 'look' })
  })
  await expect(broken).rejects.toBeInstanceOf(StageFailed)
  stages.fail('check', new ActionError('findings', 'two errors', { help: '' }))
  const outcomes = stages.outcomes('build failed')
  expect(outcomes.map((one) => `${one.name} ${one.status} ${one.seconds}`)).toEqual([
    'plan passed 1.5',
    'build failed 0',
    'inspect skipped 0',
    'check failed 0',
    'smoke skipped 0',
    'publish skipped 0',
    'deploy skipped 0',
    'wait skipped 0',
    'verify skipped 0',
    'report skipped 0',
  ])
  expect(outcomes[2]?.detail).toBe('build failed')
  expect(stages.failure()).toEqual({ stage: 'build', code: 'build-failed', message: 'npm ci failed', help: 'look' })
})

it('a stage that nobody can interrupt ends when the run is cancelled', async () => {
  const cancelled = Promise.reject(new ActionError('cancelled', 'SIGTERM', { help: '' }))
  cancelled.catch(() => undefined)
  const stages = stageRecorder(fakeClock(), fakeLog(), cancelled)
  await expect(stages.run('smoke', 'Smoke', () => never)).rejects.toBeInstanceOf(StageFailed)
  expect(stages.failure()?.code).toBe('cancelled')
})

it('a failure nobody expected is internal and keeps its message', async () => {
  const stages = stageRecorder(fakeClock(), fakeLog(), never)
  await expect(stages.run('check', 'Check', () => Promise.reject(new TypeError('x is undefined')))).rejects.toThrow()
  expect(stages.failure()).toMatchObject({ code: 'internal', message: 'x is undefined' })
})
