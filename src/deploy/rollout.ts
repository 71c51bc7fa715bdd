import type { FunctionConfiguration } from '../ports/lambda-api.ts'
import type { FunctionState } from '../report/report.ts'

/** A change that a function was given: what waiting and releasing must know of it, be it an image or a layer. */
export type Rollout = {
  readonly plan: { readonly publishVersion: boolean; readonly alias?: string }
  /** Milliseconds since the epoch: `wait-timeout` after deploying began. One for deploying, waiting and releasing. */
  readonly deadline: number
  /** Whether this configuration has what was deployed; another deployment may have come after it. */
  readonly isDeployed: (configuration: FunctionConfiguration) => boolean
  /** What it has instead, for messages: `runs other code than was deployed (…)`. */
  readonly instead: (configuration: FunctionConfiguration) => string
  /** The state once it has settled, with what the configuration itself does not tell. */
  readonly settled: (state: FunctionState) => FunctionState
  /** What to do about a reason code, in the light of AWS's own words. */
  readonly remedy: (reasonCode: string | undefined, reason: string | undefined, functionArn: string) => string
}
