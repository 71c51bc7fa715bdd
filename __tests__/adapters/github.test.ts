import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GithubStandIn, startGithub } from '../../lab/github/stand-in.ts'
import { pullRequestComments } from '../../src/adapters/github.ts'
import type { Comments } from '../../src/ports/comments.ts'

let github: GithubStandIn
let comments: Comments
beforeEach(async () => {
  github = await startGithub()
  comments = connected(github)
})
afterEach(() => github.stop())

function connected({ apiUrl, owner, repository }: GithubStandIn): Comments {
  const graphqlUrl = `${apiUrl.replace(/\/v3$/, '')}/graphql`
  return pullRequestComments({ apiUrl, graphqlUrl, token: 'token', owner, repository, pullRequest: 1 })
}

describe('comments', () => {
  it('are read to the last page, and only what has changed since when asked so', async () => {
    for (let index = 0; index < 250; index += 1) github.addComment(1, `${index}`, 'octocat')
    expect((await comments.list()).map(({ body }) => body)).toEqual(Array.from({ length: 250 }, (_, at) => `${at}`))
    expect(await comments.list(new Date(Date.now() + 60_000).toISOString())).toEqual([])
  })

  it('are created, changed, shown again and removed', async () => {
    const { id, nodeId } = await comments.create('one')
    expect(await comments.update(id, 'two')).toMatchObject({ id, body: 'two', author: 'github-actions[bot]' })
    github.minimizeComment(id, 'outdated')
    expect((await comments.list())[0]?.minimized).toBe(true)
    expect(await comments.reveal(nodeId)).toBe(true)
    expect((await comments.list())[0]?.minimized).toBe(false)
    await comments.remove(id)
    expect(await comments.list()).toEqual([])
  })

  it('that are gone are no failure', async () => {
    expect(await comments.update(9, 'x')).toBeUndefined()
    await comments.remove(9)
    expect(await comments.reveal('IC_9')).toBe(false)
  })
})

it('tells the pull request as it is now', async () => {
  expect(await comments.pullRequest()).toMatchObject({ state: 'open' })
  github.changePullRequest(1, { state: 'merged', headSha: 'b'.repeat(40) })
  expect(await comments.pullRequest()).toEqual({ state: 'merged', headSha: 'b'.repeat(40) })
})

it('asks an Enterprise Server where it has its APIs', async () => {
  await github.stop()
  github = await startGithub({ flavour: 'ghes' })
  comments = connected(github)
  expect(await comments.login()).toBe('github-actions[bot]')
  expect(await comments.create('x')).toMatchObject({ body: 'x' })
})

describe('what GitHub refuses', () => {
  it.each([
    ['read-only-token', 'access-denied', /pull-requests: write/],
    ['bad-credentials', 'access-denied', /pull-requests: write/],
    ['rate-limit', 'throttled', /job summary/],
    ['secondary-rate-limit', 'throttled', /job summary/],
    ['server-error', 'internal', /job summary/],
  ] as const)('%s is %s, with the remedy', async (error, code, help) => {
    github.script({ error, method: 'POST', path: '/comments' })
    await expect(comments.create('x')).rejects.toMatchObject({ code, help: expect.stringMatching(help) })
  })

  it('is asked again when its servers were busy', async () => {
    github.script({ error: 'server-error', method: 'POST', path: '/comments', times: 2 })
    expect(await comments.create('x')).toMatchObject({ body: 'x' })
  })

  it('who the token is and how the pull request stands may stay unknown', async () => {
    github.script({ error: 'not-found', path: '/graphql' })
    github.script({ error: 'not-found', path: '/pulls/' })
    expect([await comments.login(), await comments.pullRequest()]).toEqual([undefined, undefined])
  })
})
