import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AwsStandIn, startAws } from '../../lab/aws/stand-in.ts'
import { type GithubStandIn, startGithub } from '../../lab/github/stand-in.ts'
import { runtimeImage } from '../../lab/images/runtime-image.ts'
import { type Lab, up } from '../../lab/lab.ts'
import { run as command } from '../../lab/process/command.ts'
import { type ActionResult, type ActionRun, runAction } from '../../lab/run-action.ts'
import { privateDockerConfig } from '../../src/adapters/docker-config.ts'

export const PULL_REQUEST = 7
const HEAD = 'feedc0de00112233445566778899aabbccddeeff'

/** A lab with fresh control planes, and the committed bundle run against it as a process. */
export type World = AsyncDisposable & {
  readonly lab: Lab
  readonly base: string
  readonly aws: AwsStandIn
  readonly github: GithubStandIn
  /** A folder of its own that is gone with the world: a file's name to its text. */
  context(files: Readonly<Record<string, string>>): Promise<string>
  /** `DOCKER_CONFIG` of a user who has logged in to the stand-in's ECR, and has everything else of this machine's user. */
  loggedIn(): Promise<string>
  run(inputs: Readonly<Record<string, string>>, options?: RunOptions): Promise<ActionResult>
  /** What the runs so far have left in the engine; other tests may be at work in it. */
  leftovers(): Promise<string[]>
}

export type RunOptions = Partial<Omit<ActionRun, 'inputs'>> & {
  /** Without AWS credentials. */
  readonly anonymous?: boolean
  /** Repository that the pull request's head is in. */
  readonly head?: string
}

export async function startWorld(): Promise<World> {
  const lab = await up({ images: ['lambda/nodejs:22'] })
  const { 'lambda/nodejs:22': base } = await lab.images(['lambda/nodejs:22'])
  const { host, user, password } = lab.registry
  const [aws, github] = await Promise.all([
    startAws({
      registry: { host, user, password },
      riePath: lab.rie.path,
      runtimeImage: runtimeImage(lab),
      ...(lab.docker.host === undefined ? {} : { dockerHost: lab.docker.host }),
    }),
    startGithub({ pullRequests: [PULL_REQUEST] }),
  ])
  github.changePullRequest(PULL_REQUEST, { headSha: HEAD })
  const folder = await mkdtemp(join(tmpdir(), 'lambda-parity-world-'))
  const runs = new Map<string, EngineOptions>()
  const results: ActionResult[] = []
  const repository = `${github.owner}/${github.repository}`
  return {
    lab,
    base,
    aws,
    github,
    async context(files) {
      const context = await mkdtemp(join(folder, 'context-'))
      await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(context, name), text)))
      return context
    },
    async loggedIn() {
      // Removed with the world's folder: links to the user's own files go, the files stay.
      const { env: config } = await privateDockerConfig(aws.registryHost, folder)
      await command('docker', ['login', '--username', user, '--password-stdin', aws.registryHost], {
        input: password(),
        env: config,
      })
      return config.DOCKER_CONFIG ?? ''
    },
    async run(inputs, { anonymous = false, head = repository, env, ...options } = {}) {
      const result = await runAction({
        inputs: { 'github-token': 'token-of-the-job', 'runtime-image': base, ...inputs },
        event: {
          name: 'pull_request',
          payload: {
            repository: { full_name: repository, private: false },
            pull_request: { number: PULL_REQUEST, head: { sha: HEAD, repo: { full_name: head } } },
          },
        },
        ...options,
        env: {
          GITHUB_API_URL: github.apiUrl,
          GITHUB_REPOSITORY: repository,
          AWS_ENDPOINT_URL: aws.endpoint,
          AWS_REGION: aws.region,
          // Nothing of this machine's own configuration may be found.
          AWS_CONFIG_FILE: '/nonexistent',
          AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
          ...(anonymous ? {} : { AWS_ACCESS_KEY_ID: 'AKIALAB', AWS_SECRET_ACCESS_KEY: 'lab-secret-key' }),
          ...env,
        },
      })
      results.push(result)
      const engine = env?.DOCKER_HOST === undefined ? {} : { host: env.DOCKER_HOST }
      const [, runId] = /lambda-parity\.run=([0-9a-f-]{36})/.exec(result.log) ?? []
      if (runId !== undefined && !env?.DOCKER_HOST?.startsWith('tcp:')) runs.set(runId, engine)
      const local = result.outputs['local-image']
      if (local?.startsWith('lambda-parity/')) await dockerOf(engine, 'image', 'rm', '--no-prune', local)
      return result
    },
    leftovers: async () => (await Promise.all([...runs].map(([id, engine]) => leftovers(id, engine)))).flat(),
    async [Symbol.asyncDispose]() {
      await Promise.all([aws.stop(), github.stop(), rm(folder, { recursive: true, force: true })])
      // Also of a test that failed before it could.
      await Promise.all(results.map((result) => result.dispose()))
    },
  }
}

/** An engine by its `DOCKER_HOST`; without one, the default engine. */
export type EngineOptions = { readonly host?: string }

/** Runs docker to its end and returns its stdout; rejects when it fails. */
export function docker(...argv: string[]): Promise<string> {
  return dockerOf({}, ...argv)
}

/** As `docker`, in the engine given. */
export async function dockerOf({ host }: EngineOptions, ...argv: string[]): Promise<string> {
  return (await command('docker', argv, host === undefined ? {} : { env: { DOCKER_HOST: host } })).trim()
}

/** Everything in the engine that carries the label of one run. */
async function leftovers(runId: string, engine: EngineOptions): Promise<string[]> {
  const filter = ['--filter', `label=lambda-parity.run=${runId}`, '--quiet']
  const found = await Promise.all([
    dockerOf(engine, 'ps', '--all', ...filter),
    dockerOf(engine, 'network', 'ls', ...filter),
    dockerOf(engine, 'volume', 'ls', ...filter),
  ])
  return found.flatMap((text) => text.split('\n')).filter((line) => line !== '')
}

/** A function of Node.js on the stand-in base. */
export function nodeFunction(base: string, source: string): Record<string, string> {
  return { Dockerfile: `FROM ${base}\nCOPY app.mjs ./\nCMD ["app.handler"]\n`, 'app.mjs': source }
}
