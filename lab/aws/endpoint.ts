import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { Answer } from '../http/answer.ts'
import { type HttpRequest, readRequest } from '../http/request.ts'
import type { Archives } from './archives.ts'
import { type Call, recordedInput } from './calls.ts'
import type { ControlApi } from './control-api.ts'
import type { Faults } from './faults.ts'
import type { Operations } from './operations.ts'
import { decodeAwsJson, encodeAwsJson, encodeAwsJsonError } from './protocol/aws-json.ts'
import type { OperationRequest } from './protocol/operation-request.ts'
import { decodeQuery, encodeQuery, encodeQueryError } from './protocol/query-xml.ts'
import { decodeRestJson, encodeRestJson, encodeRestJsonError } from './protocol/rest-json.ts'
import { decodeRestXml, encodeRestXml, encodeRestXmlError } from './protocol/rest-xml.ts'
import { RawAnswer } from './raw-answer.ts'
import { refusalError } from './refusals.ts'
import { type Service, ServiceError } from './service-error.ts'

export type ControlPlane = Exclude<Service, 'registry'>

type Scope = {
  readonly services: Readonly<Record<ControlPlane, Operations>>
  /** The ARN that a denial of this request names. */
  readonly resource: (request: OperationRequest) => string
  readonly faults: Faults
  readonly record: (call: Call) => void
  readonly control: ControlApi
  /** Downloads of what Lambda keeps, by presigned links. */
  readonly archives: Archives
  readonly accessKeyId?: string
}

const ENCODERS = {
  ecr: { output: (_: string, output: object, id: string) => encodeAwsJson(output, id), error: encodeAwsJsonError },
  lambda: { output: encodeRestJson, error: encodeRestJsonError },
  s3: { output: encodeRestXml, error: encodeRestXmlError },
  sts: { output: encodeQuery, error: encodeQueryError },
}

/** Milliseconds. A client that puts 70 MB together on a busy machine writes into a connection that Node.js closes after 5 s. */
const IDLE = 120_000

/** One HTTP endpoint for all services, as `AWS_ENDPOINT_URL` makes the SDKs ask; the request tells which is meant. */
export function awsEndpoint(scope: Scope): Server {
  return createServer({ keepAliveTimeout: IDLE }, async (message, response) => {
    const request = await readRequest(message)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const answer =
      scope.control.answer(request) ?? scope.archives.answer(request) ?? (await answerAws(request, gone.signal, scope))
    if (answer === 'disconnect') message.socket.destroy()
    else response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length }).end(answer.body)
  })
}

async function answerAws(request: HttpRequest, gone: AbortSignal, scope: Scope): Promise<Answer | 'disconnect'> {
  const requestId = randomUUID()
  let asked: OperationRequest | undefined
  let answer: Answer
  try {
    asked = decodeRestXml(request) ?? decodeAwsJson(request) ?? decodeRestJson(request) ?? decodeQuery(request)
    if (asked === undefined) throw new ServiceError('UnknownOperationException', 404, 'The operation is not known.')
    const refusal = refuse(request, asked, scope)
    if (refusal === 'disconnect') {
      scope.record(toCall(request, asked, undefined))
      return 'disconnect'
    }
    if (refusal !== undefined) throw refusal
    await scope.faults.delay('before', asked, gone)
    if (gone.aborted) return 'disconnect'
    answer = await perform(asked, scope, requestId)
    await scope.faults.delay('after', asked, gone)
  } catch (error) {
    const serviceError =
      error instanceof ServiceError
        ? error
        : new ServiceError(
            'InternalFailure',
            500,
            `The stand-in failed: ${error instanceof Error ? error.message : error}`,
          )
    answer = ENCODERS[(asked?.service ?? guess(request)) as ControlPlane].error(serviceError, requestId, request.method)
  }
  scope.record(toCall(request, asked, answer))
  return answer
}

function refuse(request: HttpRequest, asked: OperationRequest, scope: Scope): ServiceError | 'disconnect' | undefined {
  const target = { service: asked.service, operation: asked.operation, resource: scope.resource(asked) }
  if (request.headers.authorization === undefined) {
    return new ServiceError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token')
  }
  if (scope.accessKeyId !== undefined && accessKeyId(request) !== scope.accessKeyId) {
    return refusalError('invalid-credentials', target)
  }
  return scope.faults.refusal(target)
}

async function perform(asked: OperationRequest, scope: Scope, requestId: string): Promise<Answer> {
  const service = asked.service as ControlPlane
  const handler = scope.services[service][asked.operation]
  if (handler === undefined) {
    throw new ServiceError('UnknownOperationException', 400, `The stand-in does not know ${asked.operation}`)
  }
  const output = await handler(asked.input as never)
  return output instanceof RawAnswer
    ? output.answer
    : ENCODERS[service].output(asked.operation, output ?? {}, requestId)
}

/** Whose error format an unreadable request gets. */
function guess(request: HttpRequest): ControlPlane {
  if (request.headers['x-amz-target'] !== undefined) return 'ecr'
  if (request.headers.authorization?.includes('/s3/aws4_request')) return 's3'
  return request.path === '/' ? 'sts' : 'lambda'
}

/** The access key in a Signature Version 4 header: `… Credential=AKIA…/20261121/eu-central-1/lambda/aws4_request, …`. */
function accessKeyId(request: HttpRequest): string | undefined {
  return /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1]
}

function toCall(request: HttpRequest, asked: OperationRequest | undefined, answer: Answer | undefined): Call {
  const key = accessKeyId(request)
  const agent = request.headers['user-agent']
  return {
    service: asked?.service ?? guess(request),
    operation: asked?.operation ?? `${request.method} ${request.path}`,
    input: recordedInput(asked),
    ...(key !== undefined && { accessKeyId: key }),
    ...(agent !== undefined && { userAgent: agent }),
    answer: {
      status: answer?.status ?? 0,
      headers: answer?.headers ?? {},
      body: answer?.body.toString('utf8') ?? '',
    },
  }
}
