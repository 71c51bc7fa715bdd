import { CHECKS } from '../checks/index.ts'
import type { ImagePlan, UnavailableSource } from '../plan/plan.ts'
import { STAGES } from '../report/report.ts'
import type { Known } from './known.ts'
import type { RunPorts } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** The image is not there before the stack is deployed: nothing is checked, and the report says of every rule why. */
export function unavailableStages(
  plan: ImagePlan,
  { reason }: UnavailableSource,
  known: Known,
  stages: Pick<StageRecorder, 'skip'>,
  { setOutput }: Pick<RunPorts, 'setOutput'>,
): void {
  for (const stage of STAGES) {
    if (stage !== 'plan' && stage !== 'report') stages.skip(stage, reason)
  }
  known.notChecked = CHECKS.filter((one) => one.appliesTo(plan)).map(({ id }) => ({ rule: id, reason }))
  known.smoke = { status: 'skipped', reason, constraints: {}, cases: [] }
  setOutput('smoke-status', known.smoke.status)
}
