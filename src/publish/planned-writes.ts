import type { PublishPlan } from '../plan/plan.ts'

/** What publishing would write, one line each, for `dry-run`. */
export function publishWrites(plan: PublishPlan): readonly string[] {
  const { repository, region, registryId, tags, shareWith } = plan
  const where = `ECR repository ${repository} in ${region}${registryId === undefined ? '' : ` of account ${registryId}`}`
  return [
    ...(plan.createRepository ? [`create ${where} if it does not exist (scan on push, immutable tags)`] : []),
    `push the image to ${where} unless it is there, tags ${tags.join(', ')}`,
    ...(shareWith.length > 0 ? [`let functions of ${shareWith.join(', ')} pull from it (repository policy)`] : []),
  ]
}
