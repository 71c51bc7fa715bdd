import type { Deployment } from '../report/report.ts'
import type { DeployPorts } from './deployment.ts'
import { persist } from './patience.ts'
import type { Rollout } from './rollout.ts'
import { waitForFunction } from './wait-for-function.ts'

/**
 * After the wait: publishes a version of the deployed code, when the plan says so, and waits until it is ready: an alias must
 * never point at one that is not. Unchanged code keeps its version. Rejects as `waitForFunction` does, or with what the
 * ports reject with.
 */
export async function releaseVersion(
  rollout: Rollout,
  deployment: Deployment,
  ports: DeployPorts,
): Promise<Deployment> {
  const { plan, deadline } = rollout
  const { lambda, log, known } = ports
  if (!plan.publishVersion && plan.alias === undefined) return deployment
  const { functionArn, after } = deployment
  // The guard makes sure that nobody's code but this one becomes a version.
  const codeSha256 = after?.codeSha256 === '' ? undefined : after?.codeSha256
  const { version } = await persist(() => lambda.publishVersion(functionArn, codeSha256), deadline, ports)
  log.info(`${functionArn}: version ${version}`)
  known({ ...deployment, versionPublished: version })
  return await waitForFunction(rollout, { ...deployment, versionPublished: version }, ports, version)
}
