import { getOctokit } from '@actions/github'
import { ActionError } from '../errors.ts'
import type { Comments, IssueComment } from '../ports/comments.ts'

export type PullRequestTarget = {
  readonly apiUrl: string
  readonly token: string
  readonly owner: string
  readonly repository: string
  readonly pullRequest: number
}

type RestComment = { id: number; body?: string; html_url: string; user: { login: string; type: string } | null }

/** Comments of one pull request through GitHub's REST API (also GitHub Enterprise Server's, by `apiUrl`). */
export function pullRequestComments(target: PullRequestTarget): Comments {
  const octokit = getOctokit(target.token, { baseUrl: target.apiUrl })
  const issue = { owner: target.owner, repo: target.repository, issue_number: target.pullRequest }
  const repository = { owner: target.owner, repo: target.repository }
  return {
    list: () =>
      explained('reading comments', async () =>
        (await octokit.paginate(octokit.rest.issues.listComments, { ...issue, per_page: 100 })).map(toComment),
      ),
    create: (body) =>
      explained('writing a comment', async () =>
        toComment((await octokit.rest.issues.createComment({ ...issue, body })).data),
      ),
    update: (id, body) =>
      explained('updating a comment', async () =>
        toComment((await octokit.rest.issues.updateComment({ ...repository, comment_id: id, body })).data),
      ),
    async login() {
      try {
        // Installation tokens may not ask REST's /user, but GraphQL tells them their bot's name.
        const answer = await octokit.graphql<{ viewer: { login: string } }>('{ viewer { login } }')
        return botLogin(answer.viewer.login)
      } catch {
        // Not telling is not a failure: the marker is then only believed on a bot's comment.
        return undefined
      }
    },
  }
}

/** REST names the Actions bot with its suffix, GraphQL may leave it out for the same account. */
function botLogin(login: string): string {
  return login === 'github-actions' ? 'github-actions[bot]' : login
}

function toComment(comment: RestComment): IssueComment {
  return {
    id: comment.id,
    body: comment.body ?? '',
    author: comment.user?.login ?? '',
    // GitHub reserves the suffix for apps: nobody can register such a login.
    authorIsBot: comment.user?.type === 'Bot' || (comment.user?.login ?? '').endsWith('[bot]'),
    url: comment.html_url,
  }
}

async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const status = (cause as { status?: number }).status
    const message = cause instanceof Error ? cause.message : String(cause)
    const denied = status === 401 || status === 403 || status === 404
    throw new ActionError(
      denied ? 'access-denied' : 'internal',
      `GitHub refused ${what}${status === undefined ? '' : ` (${status})`}: ${message}`,
      { help: denied ? HELP : TRY_AGAIN, cause },
    )
  }
}

const TRY_AGAIN = 'The report stands in the job summary; the next run of the job updates the comment.'
const HELP =
  'Give the job the permission to comment, or turn the comment off with `comment: false`; the report stands in the job summary. Pull requests from forks have a read-only token.\npermissions:\n  contents: read\n  pull-requests: write'
