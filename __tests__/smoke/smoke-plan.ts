import type { SmokeCasePlan, SmokePlan } from '../../src/plan/plan.ts'

/** One case with an empty event and any answer. */
export function makeCase(overrides: Partial<SmokeCasePlan> = {}): SmokeCasePlan {
  return { name: 'smoke-event', event: {}, environment: {}, timeout: 3, ...overrides }
}

/** One case, Lambda's smallest memory, no network. */
export function makeSmokePlan(overrides: Partial<SmokePlan> = {}): SmokePlan {
  return {
    cases: [makeCase()],
    environment: {},
    memorySize: 128,
    timeout: 3,
    ephemeralStorage: 512,
    network: 'none',
    ...overrides,
  }
}
