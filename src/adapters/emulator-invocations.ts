import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import type { InvocationLimits, Invocations, RawAnswer } from '../ports/invocations.ts'
import { type Connection, connectByAddress, connectInNamespace } from './emulator-connection.ts'

/** The emulator's only route; the function's name is literally `function`. */
const PATH = '/2015-03-31/functions/function/invocations'
/** More than the largest answer (6,291,556 bytes) and its headers. */
const MOST_BYTES = 8 * 1024 * 1024

/** Posts events to emulators over node:http, without regard to proxies of the environment. */
export function emulatorInvocations(run: { readonly runId: string }): Invocations {
  return {
    async invoke(route, body, limits, signal): Promise<RawAnswer> {
      const connecting = AbortSignal.any([signal, AbortSignal.timeout(limits.connectMillis)])
      let opened: Connection
      try {
        opened = await (route.via === 'address'
          ? connectByAddress(route.host, connecting)
          : connectInNamespace(route, run.runId, connecting))
      } catch (error) {
        signal.throwIfAborted()
        return { outcome: 'unreachable', reason: error instanceof Error ? error.message : String(error) }
      }
      await using connection = opened
      const answer = await post(connection.stream, body, limits, signal)
      signal.throwIfAborted()
      return answer
    },
  }
}

function post(stream: Duplex, body: string, limits: InvocationLimits, signal: AbortSignal): Promise<RawAnswer> {
  const start = performance.now()
  const millis = () => Math.round(performance.now() - start)
  const deadline = AbortSignal.timeout(limits.answerMillis)
  return new Promise((resolve) => {
    const failed = (error: Error) =>
      resolve(
        deadline.aborted
          ? { outcome: 'deadline', millis: millis() }
          : { outcome: 'dropped', reason: error.message, millis: millis() },
      )
    const call = request({
      method: 'POST',
      path: PATH,
      host: 'localhost',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), connection: 'close' },
      createConnection: () => stream,
      signal: AbortSignal.any([signal, deadline]),
    })
    call.on('error', failed)
    call.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MOST_BYTES) response.destroy(new Error('the answer is longer than any that Lambda passes on'))
        else chunks.push(chunk)
      })
      response.on('error', failed)
      response.on('end', () =>
        resolve({
          outcome: 'answered',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          millis: millis(),
        }),
      )
    })
    call.end(body)
  })
}
