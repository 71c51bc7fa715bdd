import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSocketServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type FakeEngine = AsyncDisposable & {
  readonly socketPath: string
  readonly host: string
  readonly requests: string[]
}
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** Something that answers as the Docker Engine API does, at a socket of its own. Requests are kept as `METHOD path body`. */
export async function fakeEngine(answer: Answer): Promise<FakeEngine> {
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push(`${request.method} ${request.url} ${body}`.trim())
    answer(request, response, body)
  })
  return await listening(server, requests)
}

/** Something at a socket that sends `bytes` to whoever connects and hangs up. */
export async function fakeSocket(bytes: string | Buffer): Promise<FakeEngine> {
  return await listening(
    createSocketServer((socket) => {
      socket.on('error', () => undefined)
      socket.resume().end(bytes)
    }),
    [],
  )
}

async function listening(server: Server, requests: string[]): Promise<FakeEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-engine-'))
  const socketPath = join(folder, 'docker.sock')
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return {
    socketPath,
    host: `unix://${socketPath}`,
    requests,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
