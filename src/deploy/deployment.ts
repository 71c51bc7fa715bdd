import type { Architecture } from '../lambda/architecture.ts'
import type { DeployPlan } from '../plan/plan.ts'
import type { LambdaApi } from '../ports/lambda-api.ts'
import type { Deployment, ImagePublication } from '../report/report.ts'
import type { PatiencePorts } from './patience.ts'

export type DeployRequest = {
  readonly plan: DeployPlan
  readonly architecture: Architecture
  readonly image: ImagePublication
  /** Account that owns the repository, when it was named. */
  readonly registryId?: string
  /** Milliseconds since the epoch: `wait-timeout` after deploying began. One for deploying, waiting and releasing. */
  readonly deadline: number
}

export type DeployPorts = PatiencePorts & {
  readonly lambda: LambdaApi
  /** Told whenever more is known, so that the report has it also when the run fails later. */
  readonly known: (deployment: Deployment) => void
}
