import { expect, it } from 'vitest'
import { interval, persist } from '../../src/deploy/patience.ts'
import { ActionError } from '../../src/errors.ts'
import { inTurn } from '../builders/aws.ts'
import { fakeClock, fakeLog } from '../builders/ports.ts'

const conflict = (message = 'an update is in progress') => new ActionError('conflict', message, { help: '' })

function ports() {
  return { clock: fakeClock(), log: fakeLog(), signal: new AbortController().signal }
}

it('is quick at first and never sleeps past the deadline', () => {
  expect([0, 1, 2, 3, 9].map((looks) => interval(looks, 60_000))).toEqual([500, 1000, 2000, 5000, 5000])
  expect(interval(9, 300)).toBe(300)
})

it('goes on until the work succeeds, and says each reason once', async () => {
  const { clock, log, signal } = ports()
  const work = inTurn<string>(conflict('a'), conflict('a'), new ActionError('throttled', 'b', { help: '' }), 'done')
  expect(await persist(work, 60_000, { clock, log, signal })).toBe('done')
  expect(clock.slept).toEqual([500, 1000, 2000])
  expect(log.lines).toEqual(['info: a Waiting to try again.', 'info: b Waiting to try again.'])
})

it('ends with the last reason at the deadline', async () => {
  const { clock, log, signal } = ports()
  await expect(persist(inTurn(conflict()), 2000, { clock, log, signal })).rejects.toMatchObject({ code: 'conflict' })
  expect(clock.slept).toEqual([500, 1000, 500])
})

it('does not repeat what will not pass by itself', async () => {
  const { clock, log, signal } = ports()
  const denied = new ActionError('access-denied', 'no', { help: '' })
  await expect(persist(inTurn<string>(denied, 'done'), 60_000, { clock, log, signal })).rejects.toBe(denied)
  expect(clock.slept).toEqual([])
})

it('ends at once when the run is cancelled', async () => {
  const { clock, log } = ports()
  const signal = AbortSignal.abort(new Error('cancelled'))
  await expect(persist(inTurn(conflict()), 60_000, { clock, log, signal })).rejects.toThrow('cancelled')
})
