import type { Deployment } from '../report/report.ts'
import type { DeployPorts } from './deployment.ts'
import { persist } from './patience.ts'

export type AliasMove = {
  readonly name: string
  /** Number of the published version. */
  readonly to: string
  /** Milliseconds since the epoch. */
  readonly deadline: number
}

/** Creates the alias or moves it, and returns its ARN. Its weights are left alone. Rejects with what the ports reject with. */
export async function moveAlias(move: AliasMove, deployment: Deployment, ports: DeployPorts): Promise<string> {
  const { arn, alias } = await persist(() => attempt(move, deployment.functionArn, ports), move.deadline, ports)
  ports.known({ ...deployment, alias })
  return arn
}

async function attempt({ name, to }: AliasMove, functionArn: string, { lambda, log }: DeployPorts) {
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
