import type { Answer } from '../../http/answer.ts'
import type { HttpRequest } from '../../http/request.ts'
import { ServiceError } from '../service-error.ts'
import { parseJsonObject } from './aws-json.ts'
import type { OperationRequest } from './operation-request.ts'

type Route = {
  readonly operation: string
  readonly method: string
  readonly path: string
  /** What the query must hold. */
  readonly query?: Readonly<Record<string, string>>
  readonly status: number
  /** Header → input member. */
  readonly headers?: Readonly<Record<string, string>>
  /** The body is this blob member instead of JSON. */
  readonly payload?: string
}

const FUNCTIONS = '/2015-03-31/functions'
const FUNCTION = `${FUNCTIONS}/{FunctionName}`
const LAYERS = '/2018-10-31/layers'
const LAYER_VERSIONS = `${LAYERS}/{LayerName}/versions`
const LAYER_VERSION = `${LAYER_VERSIONS}/{VersionNumber}`

/** Lambda's REST paths and statuses, as its service model (2015-03-31) states them; the first that fits counts. */
export const ROUTES: readonly Route[] = [
  { operation: 'CreateFunction', method: 'POST', path: FUNCTIONS, status: 201 },
  { operation: 'ListFunctions', method: 'GET', path: FUNCTIONS, status: 200 },
  { operation: 'GetFunction', method: 'GET', path: FUNCTION, status: 200 },
  { operation: 'DeleteFunction', method: 'DELETE', path: FUNCTION, status: 204 },
  { operation: 'GetFunctionConfiguration', method: 'GET', path: `${FUNCTION}/configuration`, status: 200 },
  { operation: 'UpdateFunctionConfiguration', method: 'PUT', path: `${FUNCTION}/configuration`, status: 200 },
  { operation: 'UpdateFunctionCode', method: 'PUT', path: `${FUNCTION}/code`, status: 200 },
  { operation: 'PublishVersion', method: 'POST', path: `${FUNCTION}/versions`, status: 201 },
  { operation: 'ListVersionsByFunction', method: 'GET', path: `${FUNCTION}/versions`, status: 200 },
  { operation: 'CreateAlias', method: 'POST', path: `${FUNCTION}/aliases`, status: 201 },
  { operation: 'ListAliases', method: 'GET', path: `${FUNCTION}/aliases`, status: 200 },
  { operation: 'GetAlias', method: 'GET', path: `${FUNCTION}/aliases/{Name}`, status: 200 },
  { operation: 'UpdateAlias', method: 'PUT', path: `${FUNCTION}/aliases/{Name}`, status: 200 },
  { operation: 'DeleteAlias', method: 'DELETE', path: `${FUNCTION}/aliases/{Name}`, status: 204 },
  { operation: 'PublishLayerVersion', method: 'POST', path: LAYER_VERSIONS, status: 201 },
  { operation: 'ListLayerVersions', method: 'GET', path: LAYER_VERSIONS, status: 200 },
  { operation: 'GetLayerVersionByArn', method: 'GET', path: LAYERS, query: { find: 'LayerVersion' }, status: 200 },
  { operation: 'ListLayers', method: 'GET', path: LAYERS, status: 200 },
  { operation: 'GetLayerVersion', method: 'GET', path: LAYER_VERSION, status: 200 },
  { operation: 'DeleteLayerVersion', method: 'DELETE', path: LAYER_VERSION, status: 204 },
  { operation: 'AddLayerVersionPermission', method: 'POST', path: `${LAYER_VERSION}/policy`, status: 201 },
  { operation: 'GetLayerVersionPolicy', method: 'GET', path: `${LAYER_VERSION}/policy`, status: 200 },
  {
    operation: 'RemoveLayerVersionPermission',
    method: 'DELETE',
    path: `${LAYER_VERSION}/policy/{StatementId}`,
    status: 204,
  },
  {
    operation: 'Invoke',
    method: 'POST',
    path: `${FUNCTION}/invocations`,
    status: 200,
    headers: { 'x-amz-invocation-type': 'InvocationType', 'x-amz-log-type': 'LogType' },
    payload: 'Payload',
  },
]

/** AWS REST JSON, which Lambda speaks: members come from path, query, headers and body. */
export function decodeRestJson(request: HttpRequest): OperationRequest | undefined {
  if (!/^\/(?:2015-03-31|2018-10-31)\//.test(request.path)) return undefined
  for (const route of ROUTES) {
    const labels = route.method === request.method ? matchPath(route.path, request.path) : undefined
    const asked = Object.entries(route.query ?? {}).every(([name, value]) => request.query.get(name) === value)
    if (labels === undefined || !asked) continue
    const fromHeaders = Object.entries(route.headers ?? {}).flatMap(([header, member]) => {
      const value = request.headers[header]
      return value === undefined ? [] : [[member, value] as const]
    })
    const body = route.payload === undefined ? parseJsonObject(request.body) : { [route.payload]: request.body }
    const input = { ...body, ...Object.fromEntries(request.query), ...Object.fromEntries(fromHeaders), ...labels }
    return { service: 'lambda', operation: route.operation, input }
  }
  // AWS words a path that it does not know as a question of authorization.
  throw new ServiceError('AccessDeniedException', 403, 'Unable to determine service/operation name to be authorized')
}

export function encodeRestJson(operation: string, output: object | undefined, requestId: string): Answer {
  const status = ROUTES.find((route) => route.operation === operation)?.status ?? 200
  const body = status === 204 || output === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(output))
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body }
}

/** Lambda's error shapes spell the message's member differently; these three have a capital letter. */
const CAPITAL_MESSAGE = new Set(['ResourceNotFoundException', 'ServiceException', 'AccessDeniedException'])

export function encodeRestJsonError(error: ServiceError, requestId: string): Answer {
  const message = CAPITAL_MESSAGE.has(error.code) ? { Message: error.message } : { message: error.message }
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
      ...error.headers,
    },
    body: Buffer.from(JSON.stringify({ ...error.members, ...message })),
  }
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.replace(/\/$/, '').split('/')
  if (wanted.length !== given.length) return undefined
  const labels: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    const label = /^\{(\w+)\}$/.exec(part)?.[1]
    if (label !== undefined) labels[label] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return labels
}
