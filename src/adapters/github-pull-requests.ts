import { getOctokit } from '@actions/github'
import { explained } from './github-failure.ts'

export type PullRequestSearch = {
  readonly apiUrl: string
  readonly token: string
  readonly owner: string
  readonly repository: string
  /** `owner:branch`. */
  readonly head: string
}

/** Numbers of the open pull requests from a branch, newest first; the event of a fork's run does not name them. */
export async function openPullRequests({
  apiUrl,
  token,
  owner,
  repository,
  head,
}: PullRequestSearch): Promise<number[]> {
  const octokit = getOctokit(token, { baseUrl: apiUrl })
  return explained('finding the pull request', async () => {
    const { data } = await octokit.rest.pulls.list({ owner, repo: repository, state: 'open', head })
    // An API that does not know the filter would answer with everybody's.
    return data.filter((one) => one.head.label === head).map(({ number }) => number)
  })
}
