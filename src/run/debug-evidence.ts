import { attachable } from '../inspect/attachable.ts'
import type { Known } from './known.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'

/**
 * With the runner's debug logging on, what was read is written beside the report: enough to repeat every check elsewhere
 * (scripts/judge-evidence.ts), and fit for a bug report.
 */
export async function writeDebugEvidence(
  { inspection, plan }: Known,
  { environment }: RunRequest,
  directory: string,
  { files, log }: RunPorts,
): Promise<void> {
  if (environment.RUNNER_DEBUG !== '1' || inspection === undefined || plan === undefined) return
  const path = `${directory}/evidence.json`
  const runtimes = inspection.runtimes.map(({ evidence, ...facts }) =>
    evidence === undefined ? facts : { ...facts, evidence: attachable(evidence) },
  )
  const { kind, architecture, runtime } = plan
  const content = { plan: { kind, architecture, runtime }, artifact: attachable(inspection.artifact), runtimes }
  await files.writeText(path, JSON.stringify(content))
  log.info(`Runner debugging is on: what was read is in ${path}`)
}
