import { getOctokit } from '@actions/github'
import type { Comments, IssueComment } from '../ports/comments.ts'
import { explained, ifThere } from './github-failure.ts'

export type PullRequestTarget = {
  /** `GITHUB_API_URL`, also of GitHub Enterprise Server. */
  readonly apiUrl: string
  /** `GITHUB_GRAPHQL_URL`. */
  readonly graphqlUrl: string
  readonly token: string
  readonly owner: string
  readonly repository: string
  readonly pullRequest: number
}

type RestComment = {
  id: number
  node_id: string
  body?: string
  html_url: string
  updated_at: string
  user: { login: string } | null
  minimized?: object | null
}

type Viewer = { readonly viewer: { readonly login: string } }

const REVEAL = 'mutation ($id: ID!) { unminimizeComment(input: { subjectId: $id }) { clientMutationId } }'

/** Comments of one pull request through GitHub's REST API, and through GraphQL what REST does not have. */
export function pullRequestComments(target: PullRequestTarget): Comments {
  const { owner, repository: repo } = target
  const octokit = getOctokit(target.token, { baseUrl: target.apiUrl })
  // The client would take /graphql beside REST's address, which is not where every Enterprise Server has it.
  const graphql = octokit.graphql.defaults({ baseUrl: target.graphqlUrl.replace(/\/graphql$/, '') })
  const issue = { owner, repo, issue_number: target.pullRequest }
  return {
    list: (since) =>
      explained('reading comments', async () =>
        (
          await octokit.paginate(octokit.rest.issues.listComments, {
            ...{ ...issue, per_page: 100 },
            ...(since === undefined ? {} : { since }),
          })
        ).map(toComment),
      ),
    create: (body) =>
      explained('writing a comment', async () =>
        toComment((await octokit.rest.issues.createComment({ ...issue, body })).data),
      ),
    update: (id, body) =>
      explained('updating a comment', () =>
        ifThere(async () =>
          toComment((await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body })).data),
        ),
      ),
    remove: (id) =>
      explained('removing a second comment', async () => {
        await ifThere(() => octokit.rest.issues.deleteComment({ owner, repo, comment_id: id }))
      }),
    reveal: (nodeId) => told(async () => ((await graphql(REVEAL, { id: nodeId })) ? true : undefined)).then(Boolean),
    // Installation tokens may not ask REST's /user, but GraphQL tells them their bot's name.
    login: async () =>
      (await told(async () => botLogin((await graphql<Viewer>('{ viewer { login } }')).viewer.login))) ??
      (await told(async () => (await octokit.rest.users.getAuthenticated()).data.login)),
    pullRequest: () =>
      told(async () => {
        const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: target.pullRequest })
        return { state: data.merged ? 'merged' : data.state, headSha: data.head.sha }
      }),
  }
}

/** What GitHub need not tell: the comment does without it. */
async function told<T>(question: () => Promise<T>): Promise<T | undefined> {
  return await question().catch(() => undefined)
}

/** REST names the Actions bot with its suffix, GraphQL may leave it out for the same account. */
function botLogin(login: string): string {
  return login === 'github-actions' ? 'github-actions[bot]' : login
}

function toComment(comment: RestComment): IssueComment {
  return {
    id: comment.id,
    nodeId: comment.node_id,
    body: comment.body ?? '',
    author: comment.user?.login ?? '',
    url: comment.html_url,
    updatedAt: comment.updated_at,
    minimized: comment.minimized != null,
  }
}
