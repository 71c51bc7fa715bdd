import type { DeployPlan } from '../plan/plan.ts'

/** What deploying would write, one line each, for `dry-run`. */
export function deployWrites(plan: DeployPlan): readonly string[] {
  const { functionName, region, action, publishVersion, alias } = plan
  const target = `function ${functionName} in ${region}`
  return [
    action === 'create'
      ? `create ${target} from the image by digest, role ${plan.role}`
      : `update the code of ${target} to the image by digest, unless it runs it`,
    ...(publishVersion || alias !== undefined ? ['publish a version of it'] : []),
    ...(alias === undefined ? [] : [`create or move its alias ${alias} to that version`]),
  ]
}
