import type { IncomingMessage } from 'node:http'
import type { Service } from '../service-error.ts'

/** An HTTP request read to its end. `path` is without the query, still percent-encoded. */
export type HttpRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** A request that a protocol has understood: which operation of which service, with which input members. */
export type OperationRequest = {
  readonly service: Service
  readonly operation: string
  readonly input: Record<string, unknown>
}

export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const url = new URL(message.url ?? '/', 'http://stand-in')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  }
}
