import type { Answer } from '../http/answer.ts'
import type { HttpRequest } from '../http/request.ts'

/** A request as it came in; the token is not kept. */
export type GithubRequest = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

export function toRecord(request: HttpRequest, given: Answer): GithubRequest {
  const { method, path, query } = request
  return {
    ...{ method, path, query: Object.fromEntries(query), body: parsed(request.body) },
    ...{ status: given.status, answer: parsed(given.body) },
  }
}

function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return bytes.toString('utf8')
  }
}
