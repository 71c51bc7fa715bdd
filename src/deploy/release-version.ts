import type { Deployment } from '../report/report.ts'
import type { DeployPorts } from './deployment.ts'
import { persist } from './patience.ts'
import type { Rollout } from './rollout.ts'
import { waitForFunction } from './wait-for-function.ts'

export type Released = { readonly deployment: Deployment; readonly aliasArn?: string }

/**
 * After the wait: publishes a version of the deployed code, and creates the alias or moves it there, as the plan says.
 * Unchanged code keeps its version. Rejects as `waitForFunction` does, or with what the ports reject with.
 */
export async function releaseVersion(rollout: Rollout, deployment: Deployment, ports: DeployPorts): Promise<Released> {
  const { plan, deadline } = rollout
  const { lambda, log, known } = ports
  if (!plan.publishVersion && plan.alias === undefined) return { deployment }
  const { functionArn, after } = deployment
  const aliasName = plan.alias
  // The guard makes sure that nobody's code but this one becomes a version.
  const codeSha256 = after?.codeSha256 === '' ? undefined : after?.codeSha256
  const { version } = await persist(() => lambda.publishVersion(functionArn, codeSha256), deadline, ports)
  log.info(`${functionArn}: version ${version}`)
  known({ ...deployment, versionPublished: version })
  // A version is prepared once more, and an alias must never point at one that is not ready.
  const ready = await waitForFunction(rollout, { ...deployment, versionPublished: version }, ports, version)
  if (aliasName === undefined) return { deployment: ready }
  const { alias, arn } = await persist(() => moveAlias(functionArn, aliasName, version, ports), deadline, ports)
  const released = { ...ready, alias }
  known(released)
  return { deployment: released, aliasArn: arn }
}

async function moveAlias(functionArn: string, name: string, to: string, { lambda, log }: DeployPorts) {
  const found = await lambda.alias(functionArn, name)
  if (found === undefined) {
    const { arn } = await lambda.createAlias(functionArn, name, to)
    log.info(`Alias ${name} created: version ${to}`)
    return { arn, alias: { name, to } }
  }
  const from = found.functionVersion
  if (found.weighted) {
    log.warning(
      `Alias ${name} sends part of its traffic to other versions, and goes on doing so: its weights are not touched.`,
    )
  }
  if (from !== to) {
    await lambda.updateAlias(functionArn, name, to)
    log.info(`Alias ${name} moved: version ${from} → ${to}`)
  }
  return { arn: found.arn, alias: { name, from, to } }
}
