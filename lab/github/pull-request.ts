import type { components } from '@octokit/openapi-types'
import { account } from './account.ts'
import type { Place } from './comments.ts'

export type PullRequest = components['schemas']['pull-request']
type Repository = components['schemas']['repository']

const SHA = '0123456789abcdef0123456789abcdef01234567'
const TIME = '2026-11-20T08:00:00Z'

export type PullRequestChange = { readonly headSha?: string; readonly state?: 'open' | 'closed' | 'merged' }

/** A pull request within the repository, or from a fork; open with its first commit unless something has changed. */
export function pullRequest(number: number, place: Place, options: { fork: boolean } & PullRequestChange): PullRequest {
  const { state = 'open', headSha = SHA } = options
  const closed = state === 'open' ? null : TIME
  const { apiUrl, webUrl, owner, repository } = place
  const base = repositoryOf(owner, place)
  const headOwner = options.fork ? 'contributor' : owner
  const api = `${apiUrl}/repos/${owner}/${repository}`
  const url = `${api}/pulls/${number}`
  const issue = `${api}/issues/${number}`
  const web = `${webUrl}/${owner}/${repository}/pull/${number}`
  const statuses = `${api}/statuses/${SHA}`
  const comments = {
    review_comments: `${url}/comments`,
    review_comment: `${url}/comments{/number}`,
    commits: `${url}/commits`,
  }
  return {
    ...{ id: number, node_id: `PR_${number}`, number, url, html_url: web, issue_url: issue },
    ...{ diff_url: `${web}.diff`, patch_url: `${web}.patch`, commits_url: comments.commits, statuses_url: statuses },
    review_comments_url: comments.review_comments,
    review_comment_url: comments.review_comment,
    comments_url: `${issue}/comments`,
    ...{
      state: closed === null ? ('open' as const) : ('closed' as const),
      locked: false,
      title: 'Change',
      body: null,
      draft: false,
    },
    user: account(headOwner, webUrl, apiUrl),
    ...{ labels: [], milestone: null, assignee: null, auto_merge: null, author_association: 'CONTRIBUTOR' },
    ...{
      created_at: TIME,
      updated_at: TIME,
      closed_at: closed,
      merged_at: state === 'merged' ? TIME : null,
      merge_commit_sha: null,
    },
    head: {
      ...{ label: `${headOwner}:change`, ref: 'change', sha: headSha },
      user: account(headOwner, webUrl, apiUrl),
      repo: repositoryOf(headOwner, place, options.fork),
    },
    base: { label: `${owner}:main`, ref: 'main', sha: SHA, user: account(owner, webUrl, apiUrl), repo: base },
    _links: {
      ...{ self: { href: url }, html: { href: web }, issue: { href: issue }, statuses: { href: statuses } },
      ...{ comments: { href: `${issue}/comments` }, commits: { href: comments.commits } },
      ...{ review_comments: { href: comments.review_comments }, review_comment: { href: comments.review_comment } },
    },
    ...{
      merged: state === 'merged',
      mergeable: true,
      mergeable_state: 'clean',
      merged_by: null,
      maintainer_can_modify: false,
    },
    ...{ comments: 0, review_comments: 0, commits: 1, additions: 1, deletions: 0, changed_files: 1 },
  } satisfies PullRequest
}

/** Members whose value is the repository's address with one more part. */
const ADDRESSES = {
  ...{ archive_url: '/{archive_format}{/ref}', assignees_url: '/assignees{/user}', blobs_url: '/git/blobs{/sha}' },
  ...{ branches_url: '/branches{/branch}', collaborators_url: '/collaborators{/collaborator}' },
  ...{ comments_url: '/comments{/number}', commits_url: '/commits{/sha}', compare_url: '/compare/{base}...{head}' },
  ...{ contents_url: '/contents/{+path}', contributors_url: '/contributors', deployments_url: '/deployments' },
  ...{ downloads_url: '/downloads', events_url: '/events', forks_url: '/forks', git_commits_url: '/git/commits{/sha}' },
  ...{ git_refs_url: '/git/refs{/sha}', git_tags_url: '/git/tags{/sha}', hooks_url: '/hooks' },
  ...{ issue_comment_url: '/issues/comments{/number}', issue_events_url: '/issues/events{/number}' },
  ...{ issues_url: '/issues{/number}', keys_url: '/keys{/key_id}', labels_url: '/labels{/name}' },
  ...{ languages_url: '/languages', merges_url: '/merges', milestones_url: '/milestones{/number}' },
  ...{ notifications_url: '/notifications{?since,all,participating}', pulls_url: '/pulls{/number}' },
  ...{ releases_url: '/releases{/id}', stargazers_url: '/stargazers', statuses_url: '/statuses/{sha}' },
  ...{ subscribers_url: '/subscribers', subscription_url: '/subscription', tags_url: '/tags', teams_url: '/teams' },
  trees_url: '/git/trees{/sha}',
} as const

function repositoryOf(owner: string, { apiUrl, webUrl, repository }: Place, fork = false): Repository {
  const url = `${apiUrl}/repos/${owner}/${repository}`
  const web = `${webUrl}/${owner}/${repository}`
  const addresses = Object.fromEntries(Object.entries(ADDRESSES).map(([name, part]) => [name, url + part]))
  return {
    ...(addresses as Record<keyof typeof ADDRESSES, string>),
    ...{ id: fork ? 2 : 1, node_id: fork ? 'R_2' : 'R_1', name: repository, full_name: `${owner}/${repository}` },
    ...{ owner: account(owner, webUrl, apiUrl), private: false, html_url: web, description: null, fork, url },
    ...{
      clone_url: `${web}.git`,
      git_url: `git:${web}.git`,
      ssh_url: `git@host:${owner}/${repository}.git`,
      svn_url: web,
    },
    ...{ homepage: null, language: null, license: null, mirror_url: null, default_branch: 'main' },
    ...{ forks: 0, forks_count: 0, stargazers_count: 0, watchers: 0, watchers_count: 0, open_issues: 0 },
    ...{ open_issues_count: 0, size: 0, archived: false, disabled: false },
    ...{ has_downloads: true, has_issues: true, has_projects: false, has_wiki: false, has_pages: false },
    ...{ has_discussions: false, pushed_at: TIME, created_at: TIME, updated_at: TIME },
  }
}
