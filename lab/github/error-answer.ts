import { type Answer, jsonAnswer } from '../http/answer.ts'

const DOCUMENTATION = 'https://docs.github.com/rest'

/** An error as GitHub's REST API words it (schema `basic-error`, with `errors` `validation-error`). */
export function errorAnswer(
  status: number,
  message: string,
  more: { errors?: readonly object[]; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const body =
    more.errors === undefined
      ? { message, documentation_url: DOCUMENTATION, status: String(status) }
      : { message, errors: more.errors, documentation_url: DOCUMENTATION }
  return jsonAnswer(status, body, more.headers)
}

export const NOT_FOUND = errorAnswer(404, 'Not Found')

/** What a token hears whose permissions do not reach: a fork's, or a workflow's without `pull-requests: write`. */
export const NOT_ACCESSIBLE = errorAnswer(403, 'Resource not accessible by integration')
