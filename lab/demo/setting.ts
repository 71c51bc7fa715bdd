import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AwsStandIn, startAws } from '../aws/stand-in.ts'
import { type GithubStandIn, startGithub } from '../github/stand-in.ts'
import { runtimeImage } from '../images/runtime-image.ts'
import type { Lab } from '../lab.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const REPORT_DIRECTORY = join(ROOT, '.lab/demo')
const PULL_REQUEST = 1
/** Where the stand-in says that the pull request is. */
const HEAD = '0123456789abcdef0123456789abcdef01234567'
/** Lines that only the action reads. */
const MARKERS = /<!-- lambda-parity [^>]*-->\n?/g

/** Where a demo plays: stand-ins for AWS and GitHub, and a run of the action against them as of a pull request. */
export type Setting = AsyncDisposable & {
  readonly aws: AwsStandIn
  readonly github: GithubStandIn
  readonly env: Readonly<Record<string, string>>
  readonly event: { readonly name: string; readonly payload: unknown }
  /** What stands on the pull request now. */
  comment(): string
}

export async function startSetting(lab: Lab): Promise<Setting> {
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
  say(`Stand-ins on loopback: AWS ${aws.endpoint}, GitHub ${github.apiUrl}. Registry, Docker and emulator are real.`)
  const full_name = `${github.owner}/${github.repository}`
  const head = { sha: HEAD, repo: { full_name } }
  return {
    aws,
    github,
    env: {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: aws.region,
      AWS_ACCESS_KEY_ID: 'demo',
      AWS_SECRET_ACCESS_KEY: 'demo',
      GITHUB_API_URL: github.apiUrl,
      GITHUB_REPOSITORY: full_name,
    },
    event: {
      name: 'pull_request',
      payload: { pull_request: { number: PULL_REQUEST, head }, repository: { full_name } },
    },
    comment: () => github.comments(PULL_REQUEST)[0]?.body?.replaceAll(MARKERS, '') ?? '(there is none)',
    async [Symbol.asyncDispose]() {
      await Promise.all([aws.stop(), github.stop()])
    },
  }
}

export function say(text: string): void {
  console.log(`\n▶ ${text}\n`)
}
