import type { Context } from '../context.ts'
import type { InputName, InputsRead } from '../inputs/read-inputs.ts'
import { NOTHING_FOUND } from '../resolve/found.ts'
import type { CommentPlan, NoComment } from './plan.ts'
import { resolveValues, type Values } from './values.ts'

const READ_ONLY = 'a pull request from a fork gets a token that cannot write'
const READ_ONLY_REMEDY =
  'A comment needs `pull-requests: write`, which no setting gives to a fork; docs/fork-pull-requests.md of the action shows how its report is posted all the same. It stands in the job summary.'

/** Whether the pull request gets a comment, and which. Pure. */
export function commentPlan(values: Values, context: Context): CommentPlan | NoComment {
  const token = values['github-token']
  if (!values.comment.value) return { skipped: '`comment` is `false`' }
  if (values['dry-run'].value) return { skipped: '`dry-run` is `true`' }
  if (context.pullRequest === undefined) return { skipped: `${eventOf(context)} has no pull request` }
  if (context.pullRequest.readOnlyToken) return { skipped: READ_ONLY, remedy: READ_ONLY_REMEDY }
  if (token === undefined) return { skipped: 'no `github-token` is given' }
  const key = values['comment-key']?.value ?? 'lambda-parity'
  return { key, pullRequest: context.pullRequest.number, token: token.value }
}

function eventOf(context: Context): string {
  return context.eventName === undefined ? 'a run outside of GitHub Actions' : `the event ${context.eventName}`
}

// What decides whether there is a comment, and which section of it is this run's.
const DECISIVE: readonly string[] = [
  'kind',
  'architecture',
  'context',
  'image',
  'layer-path',
  'layer-source',
  'layer-name',
  'repository',
  'function-name',
  'dry-run',
  'comment',
  'comment-key',
  'github-token',
] satisfies readonly InputName[]

/** The same for a run that ended before it had a plan: what an earlier run said of the subject must not stand on. */
export function commentWithoutPlan(
  { inputs, problems, template }: InputsRead,
  context: Context,
): CommentPlan | NoComment {
  if (inputs.template !== undefined && template?.read.resource === undefined)
    return { skipped: '`template` tells of no resource, which the comment depends on' }
  const wrong = problems.find(({ input }) => DECISIVE.includes(input))
  if (wrong !== undefined) return { skipped: `\`${wrong.input}\` is wrong, which the comment depends on` }
  return commentPlan(resolveValues(inputs, context, NOTHING_FOUND), context)
}
