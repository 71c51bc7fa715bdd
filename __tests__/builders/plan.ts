import { findRuntime } from '../../src/lambda/runtimes.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { makeBuildSource } from '../build/build-source.ts'

/** Build an x86_64 nodejs22.x image, check it, and stop there: no smoke, nothing published. */
export function makePlan(overrides: Partial<Plan> = {}): Plan {
  const runtime = findRuntime('nodejs22.x')
  return {
    kind: 'image',
    name: 'get-customer',
    architecture: 'x86_64',
    ...(runtime === undefined ? {} : { runtime }),
    source: makeBuildSource(),
    runtimeImage: { from: 'derived', reference: 'public.ecr.aws/lambda/nodejs:22', because: 'runtime nodejs22.x' },
    check: { failOn: 'error', ignore: [] },
    smoke: { skipped: 'smoke: false' },
    publish: { skipped: 'publish: never' },
    deploy: { skipped: 'no function-name' },
    dryRun: false,
    report: { directory: '/tmp/lambda-parity', comment: { skipped: 'comment: false' } },
    table: {},
    warnings: [],
    ...overrides,
  }
}
