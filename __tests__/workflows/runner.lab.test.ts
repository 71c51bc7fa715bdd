import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { labFolders } from '../../lab/folders.ts'
import { type GithubStandIn, startGithub } from '../../lab/github/stand-in.ts'
import { providedIndex } from '../../lab/images/provided-index.ts'
import { runWorkflow, type WorkflowResult } from '../../lab/workflows/run-workflow.ts'
import { docker, startWorld, type World } from '../dist/world.ts'
import { cdkLibrary, LIBRARY } from '../template/cdk/library.ts'
import { type ExampleRepository, exampleRepository } from './example-repository.ts'

const PULL_REQUEST = 7
const HEAD = 'feedc0de00112233445566778899aabbccddeeff'

let world: World
let repository: ExampleRepository
let artifacts: string
let github: GithubStandIn
beforeAll(async () => {
  world = await startWorld()
  const images = await world.lab.images(['lambda/python:3.11', 'sam/build-python3.11:latest'])
  repository = await exampleRepository({
    node: world.base,
    provided: await providedIndex(world.lab),
    python: images['lambda/python:3.11'],
    pythonBuild: images['sam/build-python3.11:latest'],
  })
  artifacts = await mkdtemp(join(tmpdir(), 'lambda-parity-artifacts-'))
})
beforeEach(async () => {
  github = await startGithub({ pullRequests: [PULL_REQUEST], forks: [PULL_REQUEST] })
  github.changePullRequest(PULL_REQUEST, { headSha: HEAD })
  return () => github.stop()
})
afterAll(async () => {
  await Promise.all([repository[Symbol.asyncDispose](), world[Symbol.asyncDispose]()])
  await rm(artifacts, { recursive: true, force: true })
  for (const image of built) await docker('image', 'rm', '--no-prune', image)
})

/** The repository of the examples, whose pull requests come from within, or from a fork. */
function payload(head = 'octo-org/shop'): object {
  const [owner = '', name = ''] = head.split('/')
  return {
    action: 'opened',
    number: PULL_REQUEST,
    repository: { full_name: 'octo-org/shop', name: 'shop', owner: { login: 'octo-org' }, private: false },
    pull_request: {
      number: PULL_REQUEST,
      head: { ref: 'change', sha: HEAD, repo: { full_name: head, name, owner: { login: owner } } },
      base: { ref: 'main' },
    },
  }
}

/** Images that the runs have built: on a hosted runner they go with the machine. */
const built = new Set<string>()

async function runExample(
  name: string,
  event: { name: string; payload: object },
  env = {},
  actions = repository.actions,
): Promise<WorkflowResult> {
  const result = await runWorkflow({
    repository: repository.folder,
    workflow: `.github/workflows/${name}.yml`,
    event,
    actions,
    programs: repository.programs,
    env: {
      GITHUB_API_URL: github.apiUrl,
      AWS_ENDPOINT_URL: world.aws.endpoint,
      LAB_ARTIFACTS: artifacts,
      RUNNER_TOOL_CACHE: join(labFolders().cache, 'tool-cache'),
      ...env,
    },
  })
  for (const [, image = ''] of result.log.matchAll(/local-image=(lambda-parity\/\S+)/g)) built.add(image)
  return result
}

const pullRequest = (head = 'octo-org/shop') => ({ name: 'pull_request', payload: payload(head) })
const comment = () => github.comments(PULL_REQUEST).map(({ body }) => body ?? '')
const verdicts = () => comment().flatMap((body) => body.split('\n').filter((line) => line.startsWith('### ')))

describe('examples/workflows, run by a runner', () => {
  it('image.yml checks a pull request without credentials, and deploys a push', async () => {
    const checked = await runExample('image', pullRequest())
    expect(checked.jobs).toEqual({ 'image/Image': 'success' })
    expect(verdicts()).toEqual([expect.stringMatching(/^### (✅|⚠️) get-customer \(x86_64\) will run on Lambda/)])
    expect(comment()[0]).toContain('Nothing was published')
    const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678'
    const push = { name: 'push', payload: { ref: 'refs/heads/main', after: commit } }
    const deployed = await runExample('image', push)
    expect(deployed.jobs).toEqual({ 'image/Image': 'success' })
    expect(deployed.log).toContain('alias-arn')
    expect(world.aws.functionState('get-customer')?.State).toBe('Active')
  })

  it('layer.yml is one comment with a section for each architecture', async () => {
    const { jobs } = await runExample('layer', pullRequest())
    expect(Object.values(jobs)).toEqual(['success', 'success'])
    expect(comment()).toHaveLength(1)
    expect(verdicts().map((line) => /greeting-\w+ \((\w+)\)/.exec(line)?.[1])).toEqual(['arm64', 'x86_64'])
    const published = await runExample('layer', { name: 'push', payload: { ref: 'refs/heads/main' } })
    expect(Object.values(published.jobs)).toEqual(['success', 'success'])
    expect(published.summaries.join('\n')).toContain(':layer:greeting-arm64:1')
  })

  it('matrix.yml is an image for each architecture, invoked on it: one comment with a section each', async () => {
    const { jobs, log } = await runExample('matrix', pullRequest())
    expect(Object.values(jobs)).toEqual(['success', 'success'])
    expect(comment()).toHaveLength(1)
    expect(verdicts().map((line) => / (machine-\w+) .*will run on Lambda/.exec(line)?.[1])).toEqual([
      'machine-arm64',
      'machine-x86_64',
    ])
    for (const machine of ['aarch64', 'x86_64']) expect(comment()[0]).toContain(machine)
    expect(log).not.toContain('smoke skipped')
  })

  it('layer-source.yml installs the manifest, tries every package, and publishes a push', async () => {
    const { jobs } = await runExample('layer-source', pullRequest())
    expect(jobs).toEqual({ 'layer from source/Layer': 'success' })
    expect(verdicts()).toEqual([expect.stringMatching(/^### (✅|⚠️) requests \(x86_64\) will (?:run|load) on Lambda/)])
    expect(comment()[0]).toContain('charset_normalizer')
    const published = await runExample('layer-source', { name: 'push', payload: { ref: 'refs/heads/main' } })
    expect(Object.values(published.jobs)).toEqual(['success'])
    expect(published.summaries.join('\n')).toContain(':layer:requests:1')
  })

  it('functions.yml calls reusable.yml and reads its outputs', async () => {
    const { jobs, log } = await runExample('functions', pullRequest())
    expect(Object.values(jobs)).toEqual(['success', 'success'])
    expect(log).toMatch(/get-customer (passed|warned)/)
  })

  it('on GitHub Enterprise Server the comment is posted there and links there, and the action runs on Node.js 24', async () => {
    const enterprise = await startGithub({ flavour: 'ghes', pullRequests: [PULL_REQUEST] })
    try {
      enterprise.changePullRequest(PULL_REQUEST, { headSha: HEAD })
      const server = 'https://github.example.com'
      const { jobs, log } = await runExample('sam', pullRequest(), {
        GITHUB_SERVER_URL: server,
        GITHUB_API_URL: enterprise.apiUrl,
        GITHUB_GRAPHQL_URL: enterprise.apiUrl.replace(/v3$/, 'graphql'),
      })
      expect(jobs).toEqual({ 'sam/GetCustomerFunction': 'success' })
      const [posted] = enterprise.comments(PULL_REQUEST)
      expect(posted?.body).toContain(`${server}/octo-org/shop/actions/runs/`)
      expect(comment()).toEqual([])
      expect(log).toMatch(/lambda-parity [\d.]+ on Node\.js v24\./)
    } finally {
      await enterprise.stop()
    }
  })

  it('reusable.yml serves another repository just as well, and checks out the one that calls it', async () => {
    const local = './.github/workflows/reusable.yml'
    const remote = 'octo-org/workflows/.github/workflows/reusable.yml@v1'
    const caller = join(repository.folder, '.github/workflows/calls-elsewhere.yml')
    const functions = await readFile(join(repository.folder, '.github/workflows/functions.yml'), 'utf8')
    await writeFile(caller, functions.replace(local, remote))
    try {
      const actions = { ...repository.actions, 'octo-org/workflows@v1': repository.folder }
      const { jobs, log } = await runExample('calls-elsewhere', pullRequest(), {}, actions)
      expect(Object.values(jobs)).toEqual(['success', 'success'])
      expect(log).toMatch(/get-customer (passed|warned)/)
    } finally {
      await rm(caller)
    }
  })

  it('preview.yml deploys a pull request under an alias of its own, and removes it with the pull request', async () => {
    const aliases = () => Object.keys(world.aws.aliases('get-customer'))
    const opened = await runExample('preview', pullRequest())
    expect(opened.jobs).toMatchObject({ 'preview/Deploy': 'success' })
    expect(aliases()).toContain('pr-7')
    expect(comment()[0]).toContain('alias `pr-7`: new')
    const closed = await runExample('preview', { name: 'pull_request', payload: { ...payload(), action: 'closed' } })
    expect(closed.jobs).toMatchObject({ 'preview/Remove': 'success' })
    expect(aliases()).not.toContain('pr-7')
  })

  it('sam.yml and cdk.yml check the function that a template describes', async () => {
    const sam = await runExample('sam', pullRequest())
    const cdk = await runExample('cdk', pullRequest(), { LAB_CDK_LIBRARY: await cdkLibrary(LIBRARY) })
    expect([sam.jobs, cdk.jobs]).toEqual([{ 'sam/GetCustomerFunction': 'success' }, { 'cdk/MyFunction': 'success' }])
    expect(verdicts()).toEqual([
      expect.stringMatching(/ GetCustomerFunction \(x86_64\) will run on Lambda/),
      expect.stringMatching(/MyFunction \(x86_64\) will run on Lambda/),
    ])
  })

  it('fork-pull-request.yml keeps its report, and fork-comment.yml posts it from the base branch', async () => {
    github.script({ error: 'read-only-token' })
    const { jobs } = await runExample('fork-pull-request', pullRequest('contributor/shop'))
    expect(Object.values(jobs)).toEqual(['success'])
    expect(comment()).toEqual([])
    github.clearFaults()
    const head_repository = { full_name: 'contributor/shop', owner: { login: 'contributor' } }
    const run = { id: 1, event: 'pull_request', name: 'fork pull request', head_sha: HEAD, head_branch: 'change' }
    const event = { name: 'workflow_run', payload: { workflow_run: { ...run, head_repository } } }
    const posted = await runExample('fork-comment', event)
    expect(Object.values(posted.jobs)).toEqual(['success'])
    expect(verdicts()).toEqual([expect.stringMatching(/get-customer \(x86_64\) will run on Lambda/)])
    expect(comment()[0]).toContain('which nobody has verified')
  })
})
