import type { SmokePlan } from '../../plan/plan.ts'
import type { SmokeReport } from '../../report/report.ts'
import type { SmokePorts } from '../smoke.ts'

/** A function that is invoked with the layer at /opt, and how its answer is told. */
export type Work = {
  readonly smoke: Partial<SmokePlan>
  /** What is started, where that is not what the runtime's image starts. */
  readonly entrypoint?: readonly string[]
  /** The folder of the function's code. */
  readonly task: (through: string, ports: SmokePorts) => Promise<AsyncDisposable & { readonly name: string }>
  readonly told: (report: SmokeReport) => SmokeReport
  /** The same with some of its packages. */
  readonly only?: (packages: readonly string[]) => Partial<SmokePlan>
}

/** Why there is nothing to run. */
export type Nothing = { readonly reason: string }

export function skipped(reason: string): SmokeReport {
  return { status: 'skipped', reason, constraints: {}, cases: [] }
}
