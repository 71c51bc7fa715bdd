import type { RuntimeFacts, Subject } from '../checks/check.ts'
import { attachable, namesAlone } from '../inspect/attachable.ts'
import { isSkipped, type Plan } from '../plan/plan.ts'
import { VERSION } from '../version.ts'
import type { Known } from './known.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'

/** Of the file's own layout; `artifact` and its like have one of theirs (Evidence). Raised when a reader must know. */
export const EVIDENCE_FILE_SCHEMA = 1

/**
 * With the runner's debug logging on, what the rules were asked about is written beside the report: enough to repeat every
 * rule elsewhere (scripts/judge-evidence.ts), and fit for a bug report (docs/evidence.md).
 */
export async function writeDebugEvidence(
  { subject }: Known,
  { environment }: RunRequest,
  directory: string,
  { files, log }: RunPorts,
): Promise<void> {
  if (environment.RUNNER_DEBUG !== '1' || subject === undefined) return
  const path = `${directory}/evidence.json`
  await files.writeText(path, JSON.stringify(evidenceFile(subject)))
  log.info(`Runner debugging is on: what was read is in ${path}`)
}

function evidenceFile({ artifact, runtimes, build, buildStage, plan, now }: Subject) {
  return {
    schema: EVIDENCE_FILE_SCHEMA,
    version: VERSION,
    now,
    plan: attachablePlan(plan),
    artifact: attachable(artifact),
    runtimes: runtimes.map(attachableRuntime),
    ...(build === undefined ? {} : { build: attachable(build) }),
    buildStage,
  }
}

function attachableRuntime({ evidence, ...facts }: RuntimeFacts): RuntimeFacts {
  return evidence === undefined ? facts : { ...facts, evidence: attachable(evidence) }
}

/** What rules look at; of what is built and published only that it is, since inputs may hold secrets. */
function attachablePlan(plan: Plan) {
  const { kind, architecture, runtime, dryRun, publish, deploy, source, smoke: tried } = plan
  const off = { publish: isSkipped(publish) ? publish : {}, deploy: isSkipped(deploy) ? deploy : {} }
  const smoke = isSkipped(tried) ? tried : { environment: namesAlone(tried.environment) }
  const common = { kind, architecture, runtime, dryRun, smoke, ...off }
  if (plan.kind === 'layer') return { ...common, source: { from: source.from, path: plan.source.path } }
  const { base, runtimeImage } = plan
  return { ...common, source: source.from === 'reference' ? source : { from: source.from }, base, runtimeImage }
}
