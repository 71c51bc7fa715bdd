import type { Clock } from '../../ports/clock.ts'

const LEAST_MS = 250
const MOST_MS = 5_000
const REQUESTS = 4

export type SettleTime = {
  /** The request's own answer; remembers how long it took. */
  timed<T>(request: Promise<T>): Promise<T>
  /** Waits until a job that had read the comment before our write has written too. */
  settle(): Promise<void>
}

/**
 * How long a write needs to be safe to judge: another job that read the comment just before it writes at most about two
 * requests later. Four of the slowest seen, and up to half as much again so that jobs fall out of step.
 */
export function settleTime(clock: Clock, random: () => number): SettleTime {
  let slowest = 0
  return {
    async timed(request) {
      const began = clock.now()
      const answer = await request
      slowest = Math.max(slowest, clock.now() - began)
      return answer
    },
    settle: () => clock.sleep(Math.min(Math.max(REQUESTS * slowest, LEAST_MS), MOST_MS) * (1 + random() / 2)),
  }
}
