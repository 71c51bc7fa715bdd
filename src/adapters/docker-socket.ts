import { request } from 'node:http'
import { connect } from 'node:net'

export type SocketAnswer = { readonly status: number; readonly body: string }
export type SocketRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

// Larger than a kernel's socket buffer: one read takes all that waits.
const READ_BUFFER = 1024 * 1024
const MAX_HEAD = 64 * 1024
const END_OF_HEAD = '\r\n\r\n'

/** One short call of the Docker Engine API. Rejects with the system's error when nothing answers at `socketPath`. */
export function socketRequest(
  socketPath: string,
  { method, path, body }: SocketRequest,
  signal?: AbortSignal,
): Promise<SocketAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        socketPath,
        method,
        path,
        // Without an agent the connection closes with the answer and cannot keep the process alive.
        agent: false,
        headers: { Host: 'docker', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(signal === undefined ? {} : { signal }),
      },
      (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/**
 * A GET whose answer is a long stream, over HTTP/1.0: its body is the rest of the connection, without chunk framing,
 * which saves a quarter of the client's work. `onChunk` gets memory that is reused. A status other than 200 is a value.
 * Whether the body is complete is for its own format to tell.
 */
export function socketStream(
  socketPath: string,
  path: string,
  onChunk: (chunk: Buffer) => void,
  signal?: AbortSignal,
): Promise<SocketAnswer> {
  return new Promise((resolve, reject) => {
    const answer = answerReader(onChunk)
    const socket = connect({
      path: socketPath,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BUFFER),
        callback: (length, buffer) => {
          try {
            answer.write(Buffer.from(buffer.buffer, buffer.byteOffset, length))
            return true
          } catch (error) {
            socket.destroy(error as Error)
            return false
          }
        },
      },
    })
    const abort = () => socket.destroy(signal?.reason)
    socket.on('error', reject)
    socket.on('close', () => {
      signal?.removeEventListener('abort', abort)
      resolve(answer.end())
    })
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
    socket.write(`GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`)
  })
}

/** Splits an HTTP/1.0 answer: the body of a 200 goes to `onChunk` as it comes, of any other status it is kept. */
export function answerReader(onChunk: (chunk: Buffer) => void): { write(chunk: Buffer): void; end(): SocketAnswer } {
  let head: Buffer | undefined = Buffer.alloc(0)
  let status = 0
  let body = ''
  const receive = (chunk: Buffer) => {
    if (status === 200) onChunk(chunk)
    else body = (body + chunk.toString('utf8')).slice(0, MAX_HEAD)
  }
  return {
    write(chunk) {
      if (head === undefined) return receive(chunk)
      head = Buffer.concat([head, chunk])
      const end = head.indexOf(END_OF_HEAD)
      if (end === -1) {
        if (head.length > MAX_HEAD) throw new Error('the Docker socket does not answer in HTTP')
        return
      }
      const lines = head.toString('latin1', 0, end)
      status = Number(/^HTTP\/1\.\d (\d{3})/.exec(lines)?.[1] ?? 0)
      if (/^transfer-encoding:\s*chunked/im.test(lines)) throw new Error('the Docker socket answers HTTP/1.0 in chunks')
      const rest = head.subarray(end + END_OF_HEAD.length)
      head = undefined
      if (rest.length > 0) receive(rest)
    },
    end: () => ({ status, body }),
  }
}
