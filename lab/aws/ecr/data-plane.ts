import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Call } from '../calls.ts'
import type { Faults } from '../faults.ts'
import { refusalError } from '../refusals.ts'
import { ServiceError } from '../service-error.ts'
import { type DistributionRequest, readDistributionRequest } from './distribution-request.ts'
import type { LayerPool } from './layer-pool.ts'
import { basic, type RegistryClient, type Storage } from './registry-client.ts'
import { isImmutable, type Repositories, repositoryNotFound, tagIsImmutable } from './repository.ts'
import type { Tokens } from './tokens.ts'

type Scope = {
  readonly storage: Storage
  readonly registry: RegistryClient
  readonly repositories: Repositories
  readonly layers: LayerPool
  readonly tokens: Tokens
  readonly faults: Faults
  readonly record: (call: Call) => void
}

/**
 * ECR's data plane: a real registry behind ECR's rules, which a plain registry does not know. A push needs a token that
 * ECR handed out, a repository that exists, and a tag that may move. Everything else is passed through as it is.
 */
export function dataPlane(scope: Scope): Server {
  return createServer((request, response) => {
    const asked = readDistributionRequest(request.method ?? 'GET', request.url ?? '/')
    respond(request, response, asked, scope).catch((error: unknown) => {
      request.resume()
      const refusal = error instanceof ServiceError ? error : new ServiceError('UNKNOWN', 500, String(error))
      refuse(response, refusal)
      // The first request of every client is unauthenticated on purpose: it asks how to log in.
      if (asked !== undefined && asked.operation !== 'Ping') {
        scope.record(toCall(request, asked, refusal.status, refusal.message))
      }
    })
  })
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  asked: DistributionRequest | undefined,
  scope: Scope,
): Promise<void> {
  if (asked === undefined) throw new ServiceError('UNSUPPORTED', 404, 'The operation is unsupported.')
  const target = {
    service: 'registry' as const,
    operation: asked.operation,
    resource: scope.repositories.find(asked.repository ?? '')?.description.repositoryArn ?? '*',
  }
  const scripted = scope.faults.refusal(target)
  if (scripted === 'disconnect') {
    request.socket.destroy()
    return
  }
  if (scripted !== undefined) throw scripted
  const worth = scope.tokens.judge(request.headers.authorization, scope.storage)
  if (worth === 'unknown') throw refusalError('invalid-credentials', target)
  if (worth === 'expired') throw refusalError('expired-credentials', target)
  await refuseAgainstTheRules(asked, scope)
  const { repository = '', reference = '' } = asked
  if (asked.operation === 'GetBlob' && request.method === 'HEAD') await scope.layers.offer(repository, reference)
  const status = await forward(request, response, asked, scope)
  // Blobs come by the dozen and say nothing that their manifest does not.
  if (asked.operation === 'GetManifest' || asked.operation === 'PutManifest') {
    scope.record(toCall(request, asked, status, ''))
  }
  // Last: the client has its answer by now, and who looks at the calls after it must see this one.
  if (asked.operation === 'PutManifest' && status === 201) await scope.layers.keep(repository, reference)
}

async function refuseAgainstTheRules(asked: DistributionRequest, scope: Scope): Promise<void> {
  if (asked.repository === undefined) return
  const repository = scope.repositories.find(asked.repository)
  if (repository === undefined) {
    throw new ServiceError('NAME_UNKNOWN', 404, repositoryNotFound(asked.repository, scope.repositories.accountId))
  }
  const tag = asked.reference ?? ''
  if (asked.operation !== 'PutManifest' || tag.includes(':') || !isImmutable(repository, tag)) return
  // ECR refuses the very same digest too (containers-roadmap#2179), so a client must look before it pushes.
  if ((await scope.registry.manifest(asked.repository, tag)) !== undefined) {
    throw new ServiceError('TAG_INVALID', 400, tagIsImmutable(tag, asked.repository))
  }
}

/** Streams the request to the registry and its answer back; the `Host` header stays, so upload locations point here. */
function forward(
  request: IncomingMessage,
  response: ServerResponse,
  asked: DistributionRequest,
  scope: Scope,
): Promise<number> {
  const { storage } = scope
  return new Promise((resolve, reject) => {
    const onward = httpRequest(
      `http://${storage.host}${toStorage(request.url ?? '/', storage.namespace)}`,
      {
        method: request.method ?? 'GET',
        headers: { ...request.headers, authorization: basic(storage.user, storage.password()) },
      },
      (answer) => {
        const digest = answer.headers['docker-content-digest']
        if (asked.operation === 'PutManifest' && answer.statusCode === 201 && typeof digest === 'string') {
          const pushedAt = scope.repositories.find(asked.repository ?? '')?.pushedAt
          if (pushedAt !== undefined && !pushedAt.has(digest)) pushedAt.set(digest, new Date())
        }
        const location = answer.headers.location?.replace(`/v2/${storage.namespace}/`, '/v2/')
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(location !== undefined && { location }) })
        answer.pipe(response)
        answer.on('end', () => resolve(answer.statusCode ?? 502))
        answer.on('error', reject)
      },
    )
    onward.on('error', reject)
    request.pipe(onward)
  })
}

/** Puts the namespace before the repository's name, also where a blob is to be mounted from another repository. */
function toStorage(url: string, namespace: string): string {
  return url.replace(/^\/v2\/(?=.)/, `/v2/${namespace}/`).replace(/([?&]from=)/, `$1${namespace}%2F`)
}

function refuse(response: ServerResponse, error: ServiceError): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const challenge =
    error.status === 401 ? { 'www-authenticate': 'Basic realm="https://stand-in/",service="ecr.amazonaws.com"' } : {}
  response.writeHead(error.status, {
    'content-type': 'application/json; charset=utf-8',
    'docker-distribution-api-version': 'registry/2.0',
    ...challenge,
    ...error.headers,
  })
  response.end(JSON.stringify({ errors: [{ code: error.code, message: error.message }] }))
}

function toCall(request: IncomingMessage, asked: DistributionRequest, status: number, body: string): Call {
  const { operation, repository, reference } = asked
  return {
    service: 'registry',
    operation,
    input: { method: request.method, repository, reference },
    answer: { status, headers: {}, body },
  }
}
