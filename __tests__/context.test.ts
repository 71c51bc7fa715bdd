import { describe, expect, it } from 'vitest'
import { defaultReportDirectory, readContext } from '../src/context.ts'

const RUNNER = {
  GITHUB_REPOSITORY: 'octo/shop',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_RUN_ID: '42',
  GITHUB_WORKFLOW: 'ci',
  GITHUB_ACTION: 'parity',
  GITHUB_SHA: 'f'.repeat(40),
  GITHUB_WORKSPACE: '/home/runner/shop',
  GITHUB_EVENT_PATH: '/event.json',
  RUNNER_TEMP: '/temp',
  RUNNER_TOOL_CACHE: '/tools',
}

const pullRequest = (fullName: string | null, isPrivate: boolean) => ({
  repository: { full_name: 'octo/shop', private: isPrivate },
  pull_request: {
    number: 7,
    head: { sha: 'a'.repeat(40), repo: fullName === null ? null : { full_name: fullName } },
  },
})

const context = (environment: Record<string, string>, event?: unknown) =>
  readContext({ ...RUNNER, ...environment }, async () => (event === undefined ? undefined : JSON.stringify(event)))

describe('readContext', () => {
  it('takes the commit of a push from GITHUB_SHA', async () => {
    expect(await context({ GITHUB_EVENT_NAME: 'push' }, { after: 'f', repository: {} })).toEqual({
      eventName: 'push',
      repository: { owner: 'octo', name: 'shop' },
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      graphqlUrl: 'https://api.github.com/graphql',
      workflow: 'ci',
      actionId: 'parity',
      runUrl: 'https://github.com/octo/shop/actions/runs/42',
      commit: 'f'.repeat(40),
      temporaryDirectory: '/temp',
      toolCache: '/tools',
      workspace: '/home/runner/shop',
    })
  })

  it.each([
    ['pull_request', 'octo/shop', false, { isFork: false, readOnlyToken: false }],
    ['pull_request', 'Octo/Shop', false, { isFork: false, readOnlyToken: false }],
    ['pull_request', 'someone/shop', false, { isFork: true, readOnlyToken: true }],
    ['pull_request', 'someone/shop', true, { isFork: true, readOnlyToken: false }],
    ['pull_request', null, false, { isFork: true, readOnlyToken: true }],
    ['pull_request_target', 'someone/shop', false, { isFork: true, readOnlyToken: false }],
  ])('reads %s from %s (private: %s)', async (eventName, fullName, isPrivate, fork) => {
    const found = await context({ GITHUB_EVENT_NAME: eventName }, pullRequest(fullName, isPrivate))
    expect(found.pullRequest).toEqual({ number: 7, headSha: 'a'.repeat(40), ...fork })
    expect(found.commit).toBe('a'.repeat(40))
  })

  it.each([
    ['octo/shop/.github/workflows/ci.yml@refs/heads/main', '.github/workflows/ci.yml'],
    ['other/shared/.github/workflows/ci.yml@v1', undefined],
  ])('finds the workflow %s', async (GITHUB_WORKFLOW_REF, workflowFile) => {
    expect((await context({ GITHUB_WORKFLOW_REF, GITHUB_EVENT_NAME: 'push' })).workflowFile).toBe(workflowFile)
  })

  it.each([
    ['https://ghe.corp/api/v3', undefined, 'https://ghe.corp/api/graphql'],
    ['https://ghe.corp/api/v3', 'https://ghe.corp/api/graphql', 'https://ghe.corp/api/graphql'],
    ['https://api.corp.ghe.com', 'https://api.corp.ghe.com/graphql', 'https://api.corp.ghe.com/graphql'],
    // A token for one host is never sent to another.
    ['https://ghe.corp/api/v3', 'https://api.github.com/graphql', 'https://ghe.corp/api/graphql'],
  ])('finds GraphQL of %s (given: %s)', async (GITHUB_API_URL, given, graphqlUrl) => {
    const urls = { GITHUB_API_URL, ...(given === undefined ? {} : { GITHUB_GRAPHQL_URL: given }) }
    expect(await context({ ...urls, GITHUB_EVENT_NAME: 'push' })).toMatchObject({ apiUrl: GITHUB_API_URL, graphqlUrl })
  })

  it.each(['workflow_dispatch', 'merge_group', 'schedule'])('finds no pull request in %s', async (eventName) => {
    const found = await context({ GITHUB_EVENT_NAME: eventName }, { inputs: {}, merge_group: { head_sha: 'b' } })
    expect(found).toMatchObject({ eventName, commit: 'f'.repeat(40) })
    expect(found.pullRequest).toBeUndefined()
  })

  it.each([
    ['is not there', async () => undefined],
    ['is no JSON', async () => '{'],
    ['cannot be read', async () => Promise.reject(new Error('EACCES'))],
  ])('goes on when the event file %s', async (_, readText) => {
    const found = await readContext({ ...RUNNER, GITHUB_EVENT_NAME: 'pull_request' }, readText)
    expect(found.pullRequest).toBeUndefined()
    expect(found.commit).toBe('f'.repeat(40))
  })

  it('keeps the addresses of GitHub Enterprise Server', async () => {
    const server = { GITHUB_SERVER_URL: 'https://ghe.example', GITHUB_API_URL: 'https://ghe.example/api/v3' }
    expect(await context(server)).toMatchObject({
      apiUrl: 'https://ghe.example/api/v3',
      runUrl: 'https://ghe.example/octo/shop/actions/runs/42',
    })
  })

  it('works outside of Actions', async () => {
    const found = await readContext({ XDG_CACHE_HOME: '/home/me/.cache', AWS_REGION: '' }, async () => undefined)
    expect(found).toMatchObject({ actionId: 'local', toolCache: '/home/me/.cache', workspace: process.cwd() })
    expect(Object.keys(found)).not.toContain('repository')
    expect(Object.keys(found)).not.toContain('region')
  })

  it('takes AWS_REGION before AWS_DEFAULT_REGION', async () => {
    expect(await context({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'x' })).toMatchObject({ region: 'eu-west-1' })
    expect(await context({ AWS_DEFAULT_REGION: 'us-east-2' })).toMatchObject({ region: 'us-east-2' })
  })

  it('gives every step of a job its own report folder', async () => {
    expect(defaultReportDirectory(await context({ GITHUB_ACTION: '__self_2' }))).toBe('/temp/lambda-parity/__self_2')
  })
})
