import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'

/** How AWS names an account's registry; an emulator that repeats it sends Docker out of the machine. */
const ECR_HOST = /(?:https:\/\/)?\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/g

/**
 * A loopback gateway in front of an emulator that changes one thing: where an answer of its API names AWS's registry, it
 * names the address at which the client reached the gateway. The registry's own traffic (`/v2/`) passes as it is.
 */
export function registryNameGateway(emulatorHost: string): Server {
  return createServer((request, response) => {
    const onward = httpRequest(
      `http://${emulatorHost}${request.url}`,
      { method: request.method ?? 'GET', headers: request.headers },
      (answer) => {
        const status = answer.statusCode ?? 502
        if (request.url?.startsWith('/v2/') || !isText(answer.headers)) {
          response.writeHead(status, answer.headers)
          answer.pipe(response)
          return
        }
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const here = request.headers.host ?? ''
          const text = Buffer.concat(chunks).toString('utf8')
          const body = text.replaceAll(ECR_HOST, (name) => (name.startsWith('https:') ? `http://${here}` : here))
          const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers
          response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
        })
      },
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
}

function isText(headers: IncomingHttpHeaders): boolean {
  return /json|xml/.test(headers['content-type'] ?? '')
}
