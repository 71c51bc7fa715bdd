import { createServer } from 'node:http'
import type { Answer } from '../http/answer.ts'
import { close, listen } from '../http/loopback-server.ts'
import { type HttpRequest, readRequest } from '../http/request.ts'
import { Comments, type IssueComment } from './comments.ts'
import { controlApi } from './control-api.ts'
import { NOT_FOUND } from './error-answer.ts'
import { type GithubFault, GithubFaults } from './faults.ts'
import { Gathering } from './gathering.ts'
import { halfOf, type Latency } from './latency.ts'
import type { PullRequestChange } from './pull-request.ts'
import { type GithubRequest, toRecord } from './request-record.ts'
import { restApi } from './rest-api.ts'

export type GithubOptions = {
  /** @default an unused port of 127.0.0.1 */
  readonly port?: number
  /** `ghes`: GitHub Enterprise Server, whose API stands under `/api/v3` and `/api/graphql`. @default 'github.com' */
  readonly flavour?: 'github.com' | 'ghes'
  /** @default 'octo-org' */
  readonly owner?: string
  /** @default 'shop' */
  readonly repository?: string
  /** Numbers of the pull requests that exist. @default [1] */
  readonly pullRequests?: readonly number[]
  /** Those of them that come from a fork. @default [] */
  readonly forks?: readonly number[]
  /** Whom the token writes as. @default 'github-actions[bot]' */
  readonly login?: string
  /** How long requests take. @default not at all */
  readonly latency?: Latency
}

export type GithubStandIn = {
  /** Value for `GITHUB_API_URL`. */
  readonly apiUrl: string
  readonly owner: string
  readonly repository: string
  /** Every request so far, in order; may be emptied (`requests.length = 0`). */
  readonly requests: GithubRequest[]
  comments(pullRequest: number): IssueComment[]
  /** A comment that somebody has written before. */
  addComment(pullRequest: number, body: string, author: string): IssueComment
  minimizeComment(id: number, reason: string): void
  removeComment(id: number): void
  /** A push to the pull request, or its end. */
  changePullRequest(pullRequest: number, change: PullRequestChange): void
  /** Holds requests that list comments until so many have come: jobs that end at the same moment. */
  gather(count: number): void
  script(fault: GithubFault): void
  clearFaults(): void
  stop(): Promise<void>
}

/** Starts the part of GitHub's API that comments on pull requests need, on the loopback interface. */
export async function startGithub(options: GithubOptions = {}): Promise<GithubStandIn> {
  const { owner = 'octo-org', repository = 'shop', login = 'github-actions[bot]', latency } = options
  const gathering = new Gathering()
  const changes = new Map<number, PullRequestChange>()
  const faults = new GithubFaults()
  const requests: GithubRequest[] = []
  // Routes need the address, which is known once the server listens.
  let answer: (request: HttpRequest) => Answer = () => NOT_FOUND
  const server = createServer(async (message, response) => {
    const request = await readRequest(message)
    const controls = request.path.startsWith('/_lab/')
    if (!controls) await halfOf(latency)
    if (request.method === 'GET' && request.path.endsWith('/comments')) await gathering.arrive()
    const given = answer(request)
    if (!controls) await halfOf(latency)
    response.writeHead(given.status, { ...given.headers, 'content-length': given.body.length }).end(given.body)
  })
  const host = await listen(server, options.port)
  const prefix = options.flavour === 'ghes' ? '/api/v3' : ''
  const place = { apiUrl: `http://${host}${prefix}`, webUrl: 'https://github.invalid', owner, repository }
  const comments = new Comments(place)
  const { pullRequests = [1], forks = [] } = options
  const rest = restApi({ place, comments, pullRequests, forks, changes, login })
  const control = controlApi({ faults, requests, comments, changes })
  answer = (request) => {
    const controlled = control(request)
    if (controlled !== undefined) return controlled
    const path = apiPath(request.path, prefix)
    const given = path === undefined ? NOT_FOUND : (faults.answer({ ...request, path }) ?? rest(request, path))
    requests.push(toRecord(request, given))
    return given
  }
  return {
    ...{ apiUrl: place.apiUrl, owner, repository, requests },
    comments: (pullRequest) => comments.of(pullRequest),
    addComment: (pullRequest, body, author) => comments.add(pullRequest, body, author),
    minimizeComment: (id, reason) => void comments.minimize(id, reason),
    removeComment: (id) => void comments.remove(id),
    changePullRequest: (pullRequest, change) => void changes.set(pullRequest, change),
    gather: (count) => gathering.expect(count),
    script: (fault) => faults.script(fault),
    clearFaults: () => faults.clear(),
    stop: () => close(server),
  }
}

/** The path below the API's prefix; GraphQL of an Enterprise Server stands beside the prefix. */
function apiPath(path: string, prefix: string): string | undefined {
  if (prefix !== '' && path === '/api/graphql') return '/graphql'
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined
}
