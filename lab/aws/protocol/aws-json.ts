import type { Answer } from '../../http/answer.ts'
import type { HttpRequest } from '../../http/request.ts'
import { ServiceError } from '../service-error.ts'
import type { OperationRequest } from './operation-request.ts'

const TARGET_PREFIX = 'AmazonEC2ContainerRegistry_V20150921.'
const CONTENT_TYPE = 'application/x-amz-json-1.1'

/** AWS JSON 1.1, which ECR speaks: the operation stands in `X-Amz-Target`, the input is the body. */
export function decodeAwsJson(request: HttpRequest): OperationRequest | undefined {
  const target = request.headers['x-amz-target']
  if (request.method !== 'POST' || target === undefined || !target.startsWith(TARGET_PREFIX)) return undefined
  return { service: 'ecr', operation: target.slice(TARGET_PREFIX.length), input: parseJsonObject(request.body) }
}

export function encodeAwsJson(output: object, requestId: string): Answer {
  return {
    status: 200,
    headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
    body: Buffer.from(JSON.stringify(output, timestampsAsEpochSeconds)),
  }
}

export function encodeAwsJsonError(error: ServiceError, requestId: string): Answer {
  return {
    status: error.status,
    headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId, ...error.headers },
    body: Buffer.from(JSON.stringify({ __type: error.code, message: error.message, ...error.members })),
  }
}

/** A request body as a JSON object; an empty body is an empty object, as AWS takes it. */
export function parseJsonObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Answered below like any other body that is not an object.
  }
  throw new ServiceError('SerializationException', 400, 'Start of structure or map found where not expected.')
}

/** `JSON.stringify` has called `toJSON` by the time a replacer sees a value, so the Date is read from its holder. */
function timestampsAsEpochSeconds(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key]
  return original instanceof Date ? original.getTime() / 1000 : value
}
