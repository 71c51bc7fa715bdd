import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../ports/clock.ts'

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      // Node rejects with an AbortError of its own; who cancelled stands in the signal.
      throw signal?.aborted ? signal.reason : error
    }
  },
}
