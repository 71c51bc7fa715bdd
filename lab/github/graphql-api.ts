import { type Answer, jsonAnswer } from '../http/answer.ts'
import type { HttpRequest } from '../http/request.ts'
import type { RestScope } from './rest-api.ts'

type Query = { readonly query?: string; readonly variables?: Readonly<Record<string, unknown>> }

const VIEWER = /^\s*(?:query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/
const UNMINIMIZE = /^\s*mutation\b[\s\S]*\bunminimizeComment\s*\(\s*input:\s*\{\s*subjectId:\s*\$id\s*\}\s*\)/

/** What REST does not have: who an installation's token is (REST refuses it `/user`), and showing a hidden comment again. */
export function graphqlApi({
  comments,
  login,
}: Pick<RestScope, 'comments' | 'login'>): (request: HttpRequest) => Answer {
  return (request) => {
    const { query = '', variables = {} } = parsed(request)
    if (VIEWER.test(query)) return jsonAnswer(200, { data: { viewer: { login } } })
    if (UNMINIMIZE.test(query)) {
      const id = Number(String(variables.id).replace(/^IC_/, ''))
      return comments.minimize(id, null)
        ? jsonAnswer(200, { data: { unminimizeComment: { clientMutationId: null } } })
        : jsonAnswer(200, { data: null, errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a node' }] })
    }
    return jsonAnswer(200, { errors: [{ message: 'The stand-in knows { viewer { login } } and unminimizeComment' }] })
  }
}

function parsed(request: HttpRequest): Query {
  try {
    return JSON.parse(request.body.toString('utf8')) as Query
  } catch {
    return {}
  }
}
