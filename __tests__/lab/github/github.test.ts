import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GithubStandIn, startGithub } from '../../../lab/github/stand-in.ts'
import { violations } from './official-description.ts'

const ISSUE = { owner: 'octo-org', repo: 'shop', issue_number: 1 }
const REPOSITORY = { owner: 'octo-org', repo: 'shop' }

let github: GithubStandIn
let octokit: ReturnType<typeof getOctokit>
beforeEach(async () => {
  github = await startGithub({ pullRequests: [1, 2], forks: [2] })
  octokit = getOctokit('token', { baseUrl: github.apiUrl })
})
afterEach(async () => {
  await github.stop()
})

const create = (body: string) => octokit.rest.issues.createComment({ ...ISSUE, body })

describe('comments', () => {
  it('are created, read, changed and deleted as GitHub describes it', async () => {
    const { data } = await create('first')
    await octokit.rest.issues.updateComment({ ...REPOSITORY, comment_id: data.id, body: 'second' })
    const read = await octokit.rest.issues.getComment({ ...REPOSITORY, comment_id: data.id })
    expect(read.data).toMatchObject({ body: 'second', user: { login: 'github-actions[bot]', type: 'Bot' } })
    await octokit.rest.issues.listComments(ISSUE)
    await octokit.rest.issues.deleteComment({ ...REPOSITORY, comment_id: data.id })
    expect(github.comments(1)).toEqual([])
    await expect(octokit.rest.issues.getComment({ ...REPOSITORY, comment_id: data.id })).rejects.toMatchObject({
      status: 404,
    })
    expect(github.requests.map(({ status }) => status)).toEqual([201, 200, 200, 200, 204, 404])
    expect(github.requests.flatMap(violations)).toEqual([])
  })

  it('come in pages that octokit follows to the end', async () => {
    for (let index = 0; index < 205; index += 1) github.addComment(1, `${index}`, 'octocat')
    github.addComment(2, 'of another pull request', 'octocat')
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...ISSUE, per_page: 100 })
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 205 }, (_, index) => `${index}`))
    expect(github.requests.map(({ query }) => query.page)).toEqual([undefined, '2', '3'])
  })

  it.each([
    ['longer than 65,536 characters', 'x'.repeat(65_537), 422],
    ['of exactly 65,536 characters', 'ä'.repeat(65_536), 201],
    ['that is blank', ' ', 422],
  ])('%s', async (_, body, status) => {
    await create(body).catch(() => undefined)
    expect(github.requests.map((request) => request.status)).toEqual([status])
    expect(github.requests.flatMap(violations)).toEqual([])
  })

  it('of a pull request that does not exist are not found', async () => {
    await expect(octokit.rest.issues.listComments({ ...ISSUE, issue_number: 9 })).rejects.toMatchObject({ status: 404 })
  })
})

describe('who the token is', () => {
  it('is refused to an installation over REST and told over GraphQL', async () => {
    await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    })
    expect(await octokit.graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'github-actions[bot]' } })
  })

  it('is told to a person', async () => {
    await github.stop()
    github = await startGithub({ login: 'octocat' })
    octokit = getOctokit('token', { baseUrl: github.apiUrl })
    expect((await octokit.rest.users.getAuthenticated()).data.login).toBe('octocat')
    expect((await create('x')).data.user?.login).toBe('octocat')
    expect(github.requests.flatMap(violations)).toEqual([])
  })
})

describe('pull requests', () => {
  it('tell a fork by its head', async () => {
    const own = await octokit.rest.pulls.get({ ...REPOSITORY, pull_number: 1 })
    const fork = await octokit.rest.pulls.get({ ...REPOSITORY, pull_number: 2 })
    expect([own, fork].map(({ data }) => data.head.repo?.full_name)).toEqual(['octo-org/shop', 'contributor/shop'])
    expect(github.requests.flatMap(violations)).toEqual([])
  })
})

describe('an Enterprise Server', () => {
  it('has its API under /api/v3 and /api/graphql only', async () => {
    await github.stop()
    github = await startGithub({ flavour: 'ghes' })
    octokit = getOctokit('token', { baseUrl: github.apiUrl })
    expect(github.apiUrl).toMatch(/\/api\/v3$/)
    await create('x')
    expect(await octokit.graphql('{ viewer { login } }')).toMatchObject({ viewer: {} })
    const bare = getOctokit('token', { baseUrl: github.apiUrl.replace('/api/v3', '') })
    await expect(bare.rest.issues.listComments(ISSUE)).rejects.toMatchObject({ status: 404 })
  })
})

describe('a scripted fault', () => {
  it('takes the right to write, not to read', async () => {
    github.script({ error: 'read-only-token' })
    await octokit.rest.issues.listComments(ISSUE)
    await expect(create('x')).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    })
    expect(github.requests.flatMap(violations)).toEqual([])
  })

  it.each([
    ['bad-credentials', 401],
    ['not-found', 404],
    ['rate-limit', 403],
    ['secondary-rate-limit', 429],
    ['server-error', 500],
  ] as const)('%s happens as often as scripted', async (error, status) => {
    github.script({ error, method: 'POST', path: '/comments', times: 1 })
    await expect(create('x')).rejects.toMatchObject({ status })
    await create('x')
    expect(github.requests.flatMap(violations)).toEqual([])
  })

  it('can be scripted from another process, which reads what was asked', async () => {
    const lab = (method: string, path: string, body?: object) =>
      fetch(`${github.apiUrl}/_lab/${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    await lab('POST', 'faults', { error: { status: 418, message: 'teapot' }, times: 1 })
    await expect(create('x')).rejects.toMatchObject({ status: 418 })
    await lab('POST', 'comments', { pull: 1, body: 'older', author: 'octocat' })
    expect(await (await lab('GET', 'comments?pull=1')).json()).toMatchObject([{ body: 'older' }])
    expect(await (await lab('GET', 'requests')).json()).toMatchObject([{ status: 418, body: { body: 'x' } }])
    expect(JSON.stringify(github.requests)).not.toContain('token')
  })
})

describe('the comparison with the official description', () => {
  it('finds an undeclared status, a missing and an unknown member', () => {
    const request = { method: 'PATCH', path: '/repos/o/r/issues/comments/1', query: {}, body: { body: 'x' } }
    expect(violations({ ...request, status: 202, answer: {} })).toEqual([
      'PATCH /repos/o/r/issues/comments/1 (202): the status is not declared',
    ])
    const found = violations({ ...request, status: 200, answer: { colour: 'blue' } }).join('\n')
    expect(found).toContain("must have required property 'id'")
    expect(found).toContain('must NOT have additional properties')
  })
})

describe('a pull request that goes on', () => {
  it('tells its new head, and that it was merged', async () => {
    github.changePullRequest(1, { headSha: 'b'.repeat(40), state: 'merged' })
    const { data } = await octokit.rest.pulls.get({ ...REPOSITORY, pull_number: 1 })
    expect(data).toMatchObject({ state: 'closed', merged: true, head: { sha: 'b'.repeat(40) } })
    expect(github.requests.flatMap(violations)).toEqual([])
  })
})

describe('a comment that somebody hides', () => {
  it('says so over REST and is shown again over GraphQL', async () => {
    const { data } = await create('x')
    github.minimizeComment(data.id, 'outdated')
    const hidden = await octokit.rest.issues.getComment({ ...REPOSITORY, comment_id: data.id })
    expect(hidden.data).toMatchObject({ minimized: { reason: 'outdated' } })
    const mutation = 'mutation ($id: ID!) { unminimizeComment(input: { subjectId: $id }) { clientMutationId } }'
    await octokit.graphql(mutation, { id: data.node_id })
    expect(github.comments(1)[0]?.minimized).toBeNull()
    expect(github.requests.filter(({ path }) => path !== '/graphql').flatMap(violations)).toEqual([])
  })
})

it('lists only what has changed since', async () => {
  const { data } = await create('x')
  const since = (time: number) =>
    octokit.rest.issues.listComments({ ...ISSUE, since: new Date(time).toISOString() }).then((answer) => answer.data)
  expect(await since(Date.parse(data.updated_at) - 60_000)).toHaveLength(1)
  expect(await since(Date.parse(data.updated_at) + 60_000)).toHaveLength(0)
  expect(github.requests.flatMap(violations)).toEqual([])
})

it('holds requests until as many have come as are to come together', async () => {
  github.gather(2)
  const first = octokit.rest.issues.listComments(ISSUE)
  await create('written while the first is held')
  const [one, two] = await Promise.all([first, octokit.rest.issues.listComments(ISSUE)])
  expect([one.data.length, two.data.length]).toEqual([1, 1])
})
