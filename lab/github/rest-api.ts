import { type Answer, jsonAnswer } from '../http/answer.ts'
import type { HttpRequest } from '../http/request.ts'
import { account } from './account.ts'
import type { Comments, Place } from './comments.ts'
import { errorAnswer, NOT_ACCESSIBLE, NOT_FOUND } from './error-answer.ts'
import { graphqlApi } from './graphql-api.ts'
import { page } from './page.ts'
import { type PullRequestChange, pullRequest } from './pull-request.ts'

/** GitHub's documented limit of a comment, in characters. */
const BODY_LIMIT = 65_536

export type RestScope = {
  readonly place: Place
  readonly comments: Comments
  /** Pull requests that exist; those that come from a fork. */
  readonly pullRequests: readonly number[]
  readonly forks: readonly number[]
  /** What has happened to pull requests since, by number. */
  readonly changes: ReadonlyMap<number, PullRequestChange>
  /** Whom the token writes as; an installation's bot may not ask who it is. */
  readonly login: string
}

type Handler = (request: HttpRequest, id: number) => Answer

/** The part of GitHub's REST and GraphQL API that a comment on a pull request needs. `path` is without the API's prefix. */
export function restApi(scope: RestScope): (request: HttpRequest, path: string) => Answer {
  const { place, comments, login } = scope
  const repository = `/repos/${place.owner}/${place.repository}`
  const known = (number: number) => scope.pullRequests.includes(number)
  const shown = (number: number) =>
    pullRequest(number, place, { fork: scope.forks.includes(number), ...scope.changes.get(number) })
  const routes: readonly [string, Handler][] = [
    [
      `GET ${repository}/issues/N/comments`,
      (request, number) => (known(number) ? listComments(request, number, scope) : NOT_FOUND),
    ],
    [
      `POST ${repository}/issues/N/comments`,
      (request, number) => {
        const body = readBody(request)
        if (!known(number)) return NOT_FOUND
        return typeof body === 'string' ? jsonAnswer(201, comments.add(number, body, login)) : body
      },
    ],
    [
      `GET ${repository}/issues/comments/N`,
      (_, id) => {
        const comment = comments.find(id)
        return comment === undefined ? NOT_FOUND : jsonAnswer(200, comment)
      },
    ],
    [
      `PATCH ${repository}/issues/comments/N`,
      (request, id) => {
        const body = readBody(request)
        if (typeof body !== 'string') return body
        const comment = comments.update(id, body)
        return comment === undefined ? NOT_FOUND : jsonAnswer(200, comment)
      },
    ],
    [
      `DELETE ${repository}/issues/comments/N`,
      (_, id) => (comments.remove(id) ? { status: 204, headers: {}, body: Buffer.alloc(0) } : NOT_FOUND),
    ],
    [
      `GET ${repository}/pulls`,
      ({ query }) => {
        const open = scope.pullRequests.map((number) => shown(number)).filter(({ state }) => state === 'open')
        return jsonAnswer(
          200,
          open.filter(({ head }) => head.label === (query.get('head') ?? head.label)),
        )
      },
    ],
    [`GET ${repository}/pulls/N`, (_, number) => (known(number) ? jsonAnswer(200, shown(number)) : NOT_FOUND)],
    ['GET /user', () => (login.endsWith('[bot]') ? NOT_ACCESSIBLE : jsonAnswer(200, privateUser(login, place)))],
    ['GET /app', () => errorAnswer(401, 'A JSON web token could not be decoded')],
    ['POST /graphql', graphqlApi(scope)],
  ]
  return (request, path) => {
    if (request.headers.authorization === undefined) return errorAnswer(401, 'Requires authentication')
    const id = /\/(\d+)(?=\/|$)/.exec(path)?.[1] ?? ''
    const route = `${request.method} ${path.replace(/\/\d+(?=\/|$)/, '/N')}`
    const handler = routes.find(([name]) => name === route)?.[1]
    return handler === undefined ? NOT_FOUND : handler(request, Number(id))
  }
}

function listComments(request: HttpRequest, number: number, { comments, place }: RestScope): Answer {
  const url = new URL(`${place.apiUrl}/repos/${place.owner}/${place.repository}/issues/${number}/comments`)
  url.search = request.query.toString()
  // As GitHub means it: changed at that time or later.
  const since = Date.parse(request.query.get('since') ?? '1970-01-01T00:00:00Z')
  const { items, link } = page(
    comments.of(number).filter(({ updated_at }) => Date.parse(updated_at) >= since),
    url,
  )
  return jsonAnswer(200, items, link === undefined ? {} : { link })
}

/** The comment's text, or GitHub's refusal of it. */
function readBody(request: HttpRequest): string | Answer {
  let body: unknown
  try {
    body = (JSON.parse(request.body.toString('utf8')) as { body?: unknown }).body
  } catch {
    return errorAnswer(400, 'Problems parsing JSON')
  }
  if (typeof body !== 'string') {
    return errorAnswer(422, `Invalid request.\n\n"body" wasn't supplied.`)
  }
  if (body.trim() === '') {
    return invalid({ code: 'unprocessable', field: 'data', message: 'Body cannot be blank' })
  }
  if ([...body].length > BODY_LIMIT) {
    return invalid({ code: 'unprocessable', field: 'data', message: 'Body is too long (maximum is 65536 characters)' })
  }
  return body
}

function invalid(error: { code: string; field: string; message: string }): Answer {
  return errorAnswer(422, 'Validation Failed', { errors: [{ resource: 'IssueComment', ...error }] })
}

function privateUser(login: string, { webUrl, apiUrl }: Place): object {
  const time = '2020-01-01T00:00:00Z'
  return {
    ...account(login, webUrl, apiUrl),
    ...{ name: null, company: null, blog: null, location: null, email: null, hireable: null, bio: null },
    ...{ public_repos: 0, public_gists: 0, followers: 0, following: 0, created_at: time, updated_at: time },
    user_view_type: 'public',
  }
}
