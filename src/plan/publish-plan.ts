import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import { invalidInputs } from '../inputs/problem.ts'
import type { Found } from '../resolve/found.ts'
import { REGION_NEEDED, REPOSITORY_NEEDED, TAGS_NEEDED } from './conflicts.ts'
import type { PublishPlan, Skipped } from './plan.ts'
import type { Values } from './values.ts'

/** Why nothing is published, whatever it is; `undefined` when something may be. Throws no-credentials. */
export function unpublished(values: Values, context: Context, found: Found): Skipped | undefined {
  if (values.publish.value === 'never') return { skipped: '`publish` is `never`' }
  if (found.credentials === 'none') {
    if (values.publish.value === 'always') throw noCredentials(context)
    const fork = context.pullRequest?.isFork ? ' (a pull request from a fork gets no secrets and no OIDC token)' : ''
    return { skipped: `no AWS credentials were found${fork}` }
  }
  return undefined
}

/** Whether the image is published, and where. Throws no-credentials, or invalid-input for what only matters when it is. */
export function publishPlan(values: Values, context: Context, found: Found): PublishPlan | Skipped {
  const skipped = unpublished(values, context, found)
  if (skipped !== undefined) return skipped
  const { repository, tags } = values
  const region = values['aws-region']
  if (repository === undefined && values['function-name'] === undefined) return { skipped: 'no `repository` is given' }
  if (repository === undefined || tags === undefined || region === undefined) {
    throw invalidInputs([
      ...(repository === undefined ? [REPOSITORY_NEEDED] : []),
      ...(region === undefined ? [REGION_NEEDED] : []),
      ...(tags === undefined ? [TAGS_NEEDED] : []),
    ])
  }
  return {
    repository: repository.value,
    region: region.value,
    ...registryId(values, found),
    createRepository: values['create-repository'].value,
    tags: tags.value,
    shareWith: values['share-with']?.value ?? [],
  }
}

/** Only an account that is not the caller's own needs saying to ECR. */
function registryId(values: Values, found: Found): { registryId?: string } {
  const owner = values['registry-id']?.value
  return owner === undefined || owner === found.account ? {} : { registryId: owner }
}

function noCredentials(context: Context): ActionError {
  const fork = context.pullRequest?.isFork
    ? 'GitHub gives pull requests from forks neither secrets nor an OIDC token: use `publish: auto`, which then skips publishing. '
    : ''
  return new ActionError('no-credentials', '`publish` is `always`, but no AWS credentials were found.', {
    help: `${fork}Give the job \`permissions: id-token: write\` and run aws-actions/configure-aws-credentials before this step, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
  })
}
