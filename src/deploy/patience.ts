import { ActionError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'

export type PatiencePorts = { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal }

/** Quick at first, since most changes take a second or two; then every five seconds. Milliseconds. */
const INTERVALS = [500, 1000, 2000, 5000] as const

/** Milliseconds before the next look, after `looks` of them, never past the deadline. */
export function interval(looks: number, left: number): number {
  return Math.min(INTERVALS[Math.min(looks, INTERVALS.length - 1)] ?? 5000, left)
}

/** An answer that passes by itself: a change in progress, or throttling. */
export function isPassing(error: unknown): error is ActionError {
  return error instanceof ActionError && (error.code === 'conflict' || error.code === 'throttled')
}

/**
 * Does the work again, until `deadline` (milliseconds since the epoch), as long as it rejects with what passes by itself.
 * The SDK has retried already: this is what its few seconds were too short for. Each new reason is one log line.
 */
export async function persist<T>(
  work: () => Promise<T>,
  deadline: number,
  { clock, log, signal }: PatiencePorts,
  passes: (error: unknown) => error is ActionError = isPassing,
): Promise<T> {
  let said: string | undefined
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const left = deadline - clock.now()
      if (!passes(error) || left <= 0) throw error
      if (error.message !== said) log.info(`${error.message} Waiting to try again.`)
      said = error.message
      await clock.sleep(interval(tries, left), signal)
    }
  }
}
