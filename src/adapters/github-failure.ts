import { setTimeout } from 'node:timers/promises'
import { ActionError, type FailureCode } from '../errors.ts'

type RequestFailure = {
  status?: number
  response?: { headers?: Readonly<Record<string, string | number | undefined>> }
}

const RETRIES = 2
/** GitHub may ask for a minute; the report does not wait that long for its comment. */
const MOST_SECONDS = 8

/** The answer, or `undefined` when the thing asked about is gone. */
export async function ifThere<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (cause) {
    const { status } = cause as RequestFailure
    if (status === 404 || status === 410) return undefined
    throw cause
  }
}

/** The request, again where GitHub was busy (GitHub REST: best practices), else an ActionError that says what to do. */
export async function explained<T>(what: string, request: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await request()
    } catch (cause) {
      const seconds = attempt < RETRIES ? secondsToWait(cause as RequestFailure, attempt) : undefined
      if (seconds === undefined) throw toFailure(what, cause)
      await setTimeout(seconds * 1000)
    }
  }
}

/** `undefined`: asking again does not help, or not soon enough. */
function secondsToWait(failure: RequestFailure, attempt: number): number | undefined {
  const { status = 0 } = failure
  if (status >= 500) return 0.5 * 2 ** attempt
  // A limit without `retry-after` is that of the hour.
  const asked = Number(failure.response?.headers?.['retry-after'] ?? Number.NaN)
  return isRateLimit(failure) && asked <= MOST_SECONDS ? asked : undefined
}

/** A limit is a 429 or a 403; the headers tell it from a refusal. */
function isRateLimit({ status, response }: RequestFailure): boolean {
  const headers = response?.headers ?? {}
  return status === 429 || (status === 403 && ('retry-after' in headers || headers['x-ratelimit-remaining'] === '0'))
}

function toFailure(what: string, cause: unknown): ActionError {
  const failure = cause as RequestFailure
  const { status } = failure
  const message = cause instanceof Error ? cause.message : String(cause)
  const limited = isRateLimit(failure)
  const denied = !limited && (status === 401 || status === 403 || status === 404)
  const code: FailureCode = limited ? 'throttled' : denied ? 'access-denied' : 'internal'
  return new ActionError(code, `GitHub refused ${what}${status === undefined ? '' : ` (${status})`}: ${message}`, {
    help: denied ? PERMISSION : TRY_AGAIN,
    cause,
  })
}

const TRY_AGAIN = 'The report stands in the job summary; the next run of the job updates the comment.'
const PERMISSION =
  'Give the job the permission `pull-requests: write`, or turn the comment off with `comment: false`; the report stands in the job summary. Pull requests from forks and of Dependabot have a read-only token: docs/fork-pull-requests.md shows how they get the comment all the same.\npermissions:\n  contents: read\n  pull-requests: write'
