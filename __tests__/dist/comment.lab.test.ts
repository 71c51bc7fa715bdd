import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GithubStandIn, startGithub } from '../../lab/github/stand-in.ts'
import { PULL_REQUEST, startWorld, type World } from './world.ts'

let world: World
let github: GithubStandIn
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** A small layer and the inputs of a job that only checks it. */
async function layerJob(name: string, architecture: 'x86_64' | 'arm64'): Promise<Record<string, string>> {
  const folder = await world.context({})
  const module = join(folder, 'nodejs/node_modules/greet/index.js')
  await mkdir(dirname(module), { recursive: true })
  await writeFile(module, 'exports.greet = () => 1\n')
  return {
    kind: 'layer',
    runtime: 'nodejs22.x',
    'layer-path': folder,
    'layer-name': name,
    architecture,
    smoke: 'false',
  }
}

describe('jobs of one matrix that end at the same moment', () => {
  beforeEach(async () => {
    github = await startGithub({ pullRequests: [PULL_REQUEST], latency: { least: 60, most: 300 } })
    return () => github.stop()
  })

  it('have one comment in the end, with a section each', async () => {
    const jobs = await Promise.all(
      (['x86_64', 'arm64'] as const).flatMap((one) => [layerJob('greet', one), layerJob('tools', one)]),
    )
    // The first reading of each waits for the others': all four see a pull request without comments.
    github.gather(jobs.length)
    const results = await Promise.all(
      jobs.map((inputs) => world.run(inputs, { env: { GITHUB_API_URL: github.apiUrl } })),
    )
    const comments = github.comments(PULL_REQUEST)
    expect(comments).toHaveLength(1)
    const [comment] = comments
    const sections = [...(comment?.body ?? '').matchAll(/<!-- lambda-parity section=(\S+)/g)].map(([, id = '']) => id)
    const subjects = ['greet/arm64', 'greet/x86_64', 'tools/arm64', 'tools/x86_64'].map((one) => `layer/${one}`)
    expect(sections.map(decodeURIComponent)).toEqual(subjects)
    expect(results.map(({ outputs }) => outputs['comment-url'])).toEqual(results.map(() => comment?.html_url))
    // More than one was made, else nothing was proven.
    expect(github.requests.filter(({ method, status }) => method === 'POST' && status === 201).length).toBeGreaterThan(
      1,
    )
  })
})

describe('one job', () => {
  it('says that the pull request was closed and has moved on, and does not fail for it', async () => {
    const { github } = world
    github.changePullRequest(PULL_REQUEST, { state: 'closed', headSha: 'b'.repeat(40) })
    const result = await world.run(await layerJob('greet', 'x86_64'))
    expect(result.exitCode).toBe(0)
    const [verdict, , note] = (github.comments(PULL_REQUEST)[0]?.body ?? '').split('\n').slice(2)
    expect(verdict).toMatch(/^### /)
    expect(note).toBe(
      '> ⏱ The pull request was closed while this ran. This is about commit `feedc0de0011`; the pull request has moved on to `bbbbbbbbbbbb`.',
    )
    expect(result.report?.stages.at(-1)?.detail).toContain('has moved on')
  })

  it('with a token that cannot write warns with the permission, and passes', async () => {
    world.github.script({ error: 'read-only-token' })
    const result = await world.run(await layerJob('greet', 'arm64'))
    expect(result.exitCode).toBe(0)
    expect(result.log).toMatch(/::warning::.*pull-requests: write/)
    expect(result.summary).toContain('greet')
  })
})
