import { type Answer, jsonAnswer } from '../http/answer.ts'
import type { HttpRequest } from '../http/request.ts'
import type { Comments } from './comments.ts'
import type { GithubFault, GithubFaults } from './faults.ts'
import type { PullRequestChange } from './pull-request.ts'
import type { GithubRequest } from './request-record.ts'

type Control = {
  readonly faults: GithubFaults
  readonly requests: GithubRequest[]
  readonly comments: Comments
  readonly changes: Map<number, PullRequestChange>
}

/**
 * For tests in another process: `POST /_lab/faults` (a GithubFault) and `DELETE`; `GET /_lab/requests` and `DELETE`;
 * `GET /_lab/comments?pull=N`; `POST /_lab/comments` ({ pull, body, author }); `POST /_lab/pulls` ({ pull, headSha, state }).
 */
export function controlApi({
  faults,
  requests,
  comments,
  changes,
}: Control): (request: HttpRequest) => Answer | undefined {
  const routes: Readonly<Record<string, (request: HttpRequest) => unknown>> = {
    'POST /_lab/faults': ({ body }) => faults.script(JSON.parse(body.toString('utf8')) as GithubFault),
    'DELETE /_lab/faults': () => faults.clear(),
    'GET /_lab/requests': () => requests,
    'DELETE /_lab/requests': () => {
      requests.length = 0
    },
    'GET /_lab/comments': ({ query }) => comments.of(Number(query.get('pull') ?? 1)),
    'POST /_lab/comments': ({ body }) => {
      const added = JSON.parse(body.toString('utf8')) as { pull: number; body: string; author: string }
      return comments.add(added.pull, added.body, added.author)
    },
    'POST /_lab/pulls': ({ body }) => {
      const { pull, ...change } = JSON.parse(body.toString('utf8')) as { pull: number } & PullRequestChange
      changes.set(pull, change)
    },
  }
  return (request) => {
    if (!request.path.startsWith('/_lab/')) return undefined
    const route = routes[`${request.method} ${request.path}`]
    return route === undefined ? jsonAnswer(404, { known: Object.keys(routes) }) : jsonAnswer(200, route(request) ?? {})
  }
}
