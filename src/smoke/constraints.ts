import type { SmokePlan } from '../plan/plan.ts'
import type { Engine } from '../ports/containers.ts'
import type { Constraint } from '../report/report.ts'

/** How the function's network was made, as networks.ts chose it. */
export type Isolation = 'no-network' | 'internal-network' | 'bridge'

/** What the functions ran under, and which of it the engine really enforced. */
export function constraints(
  plan: SmokePlan,
  engine: Engine,
  isolation: Isolation,
): Readonly<Record<string, Constraint>> {
  return {
    'memory-size': {
      value: `${plan.memorySize} MB${engine.limitsMemory && !engine.limitsSwap ? ' (swap is not limited by this kernel)' : ''}`,
      enforced: engine.limitsMemory && engine.limitsSwap,
    },
    timeout: { value: `${plan.timeout} s`, enforced: true },
    'ephemeral-storage': { value: `${plan.ephemeralStorage} MB`, enforced: true },
    'read-only-root': { value: 'true', enforced: true },
    user: { value: '993:990', enforced: true },
    network: NETWORK[isolation],
    capabilities: { value: 'none', enforced: true },
  }
}

const NETWORK: Readonly<Record<Isolation, Constraint>> = {
  'no-network': { value: 'none', enforced: true },
  // Docker's internal networks cut every route, but the host keeps an address on them.
  'internal-network': { value: "none, except this machine's own services", enforced: false },
  bridge: { value: 'bridge', enforced: true },
}
