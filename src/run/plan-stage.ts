import { planLines } from '../plan/lines.ts'
import { makePlan } from '../plan/make-plan.ts'
import type { Plan } from '../plan/plan.ts'
import { readTemplateInputs } from '../resolve/read-template-inputs.ts'
import { resolve } from '../resolve/resolve.ts'
import type { Known } from './known.ts'
import type { RunPorts } from './run-ports.ts'
import type { StageResult } from './stage-recorder.ts'

// The runner takes every occurrence out of the whole log: of a shorter value, nothing readable would be left.
const SHORTEST_MASKED = 4

/** Looks up what a plan needs, decides, and prints the plan before anything runs. */
export async function planStage(known: Known, ports: RunPorts): Promise<StageResult<Plan>> {
  const { aws, files, log } = ports
  const lookUp = { files, credentials: aws.credentials, lambda: aws.lambda, sts: aws.sts, s3: aws.s3 }
  known.read = await readTemplateInputs(known.read, known.context, lookUp)
  for (const secret of known.read.template?.read.secrets ?? []) if (secret.length >= SHORTEST_MASKED) log.mask(secret)
  const found = await resolve(known.read, known.context, lookUp)
  const plan = makePlan(known.read.inputs, known.context, found)
  known.plan = plan
  for (const line of planLines(plan)) log.info(line)
  for (const warning of plan.warnings) log.warning(warning)
  return { value: plan, detail: `${plan.name} for ${plan.architecture}` }
}
