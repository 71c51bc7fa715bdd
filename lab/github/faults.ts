import type { Answer } from '../http/answer.ts'
import { errorAnswer, NOT_ACCESSIBLE, NOT_FOUND } from './error-answer.ts'

/**
 * What a test wants to go wrong; plain JSON. `method` and `path` (a part of it) narrow the requests that are met;
 * `times` is how often (absent: always).
 */
export type GithubFault = {
  readonly error:
    | 'read-only-token'
    | 'bad-credentials'
    | 'not-found'
    | 'rate-limit'
    | 'secondary-rate-limit'
    | 'server-error'
    | { readonly status: number; readonly message: string }
  readonly method?: string
  readonly path?: string
  readonly times?: number
}

export class GithubFaults {
  #scripted: { fault: GithubFault; left: number }[] = []

  script(fault: GithubFault): void {
    this.#scripted.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
  }

  clear(): void {
    this.#scripted = []
  }

  /** The error that meets this request, if any. */
  answer(request: { method: string; path: string }): Answer | undefined {
    const met = this.#scripted.find(({ fault, left }) => left > 0 && meets(fault, request))
    if (met === undefined) return undefined
    met.left -= 1
    return toAnswer(met.fault.error)
  }
}

function meets(fault: GithubFault, { method, path }: { method: string; path: string }): boolean {
  const reading = method === 'GET' || path.endsWith('/graphql')
  if (fault.error === 'read-only-token' && reading) return false
  return (
    (fault.method === undefined || fault.method === method) && (fault.path === undefined || path.includes(fault.path))
  )
}

function toAnswer(error: GithubFault['error']): Answer {
  if (typeof error === 'object') return errorAnswer(error.status, error.message)
  switch (error) {
    case 'read-only-token':
      return NOT_ACCESSIBLE
    case 'bad-credentials':
      return errorAnswer(401, 'Bad credentials')
    case 'not-found':
      return NOT_FOUND
    case 'rate-limit':
      return errorAnswer(403, 'API rate limit exceeded for installation ID 1.', {
        headers: {
          'x-ratelimit-limit': '1000',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 60),
          'x-ratelimit-resource': 'core',
        },
      })
    case 'secondary-rate-limit':
      return errorAnswer(
        429,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        { headers: { 'retry-after': '60' } },
      )
    case 'server-error':
      return errorAnswer(500, 'Server Error')
  }
}
