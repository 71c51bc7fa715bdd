import { type Answer, jsonAnswer } from '../http/answer.ts'
import type { HttpRequest } from '../http/request.ts'
import type { Call } from './calls.ts'
import type { Fault, Faults } from './faults.ts'

/** `/_lab/…` on the same endpoint: lets a test in another process script faults and read what was asked. */
export type ControlApi = { answer(request: HttpRequest): Answer | undefined }

type Scope = {
  readonly faults: Faults
  readonly calls: Call[]
  readonly state: () => object
  readonly expireTokens: () => void
}

/**
 * `POST /_lab/faults` (a Fault as JSON) and `DELETE`; `GET /_lab/calls` and `DELETE`; `GET /_lab/state`;
 * `POST /_lab/expire-tokens`.
 */
export function controlApi(scope: Scope): ControlApi {
  const routes: Readonly<Record<string, (body: Buffer) => unknown>> = {
    'POST /_lab/faults': (body) => scope.faults.script(JSON.parse(body.toString('utf8')) as Fault),
    'DELETE /_lab/faults': () => scope.faults.clear(),
    'GET /_lab/calls': () => scope.calls,
    'DELETE /_lab/calls': () => {
      scope.calls.length = 0
    },
    'GET /_lab/state': () => scope.state(),
    'POST /_lab/expire-tokens': () => scope.expireTokens(),
  }
  return {
    answer(request) {
      if (!request.path.startsWith('/_lab/')) return undefined
      const route = routes[`${request.method} ${request.path}`]
      if (route === undefined) return jsonAnswer(404, { known: Object.keys(routes) })
      try {
        return jsonAnswer(200, route(request.body) ?? {})
      } catch (error) {
        return jsonAnswer(400, { message: String(error) })
      }
    },
  }
}
