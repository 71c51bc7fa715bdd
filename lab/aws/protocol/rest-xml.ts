import type { Answer } from '../../http/answer.ts'
import type { HttpRequest } from '../../http/request.ts'
import { ServiceError } from '../service-error.ts'
import type { OperationRequest } from './operation-request.ts'
import { escapeXml } from './query-xml.ts'

/** What an operation of S3 answers: status 200 unless it says so, and text of XML or bytes of an object. */
export type S3Answer = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly xml?: string
  readonly body?: Buffer
}

const OF_BUCKET: Readonly<Record<string, string>> = {
  PUT: 'CreateBucket',
  HEAD: 'HeadBucket',
  DELETE: 'DeleteBucket',
}
const OF_OBJECT: Readonly<Record<string, string>> = {
  PUT: 'PutObject',
  HEAD: 'HeadObject',
  GET: 'GetObject',
  DELETE: 'DeleteObject',
}

/** REST XML, which S3 speaks. Its paths are names of buckets, so the scope of the signature tells that it is meant. */
export function decodeRestXml(request: HttpRequest): OperationRequest | undefined {
  if (!/Credential=[^,]*\/s3\/aws4_request/.test(request.headers.authorization ?? '')) return undefined
  const [, bucket = '', ...key] = request.path.split('/').map(decodeURIComponent)
  const Key = key.join('/')
  const operation =
    Key !== ''
      ? OF_OBJECT[request.method]
      : request.query.has('location')
        ? 'GetBucketLocation'
        : OF_BUCKET[request.method]
  if (operation === undefined || bucket === '') {
    throw new ServiceError('NotImplemented', 501, 'A header you provided implies functionality that is not implemented')
  }
  if (request.headers['content-encoding']?.includes('aws-chunked')) {
    throw new ServiceError('NotImplemented', 501, 'The stand-in takes bodies in one piece only')
  }
  const headers = {
    ExpectedBucketOwner: request.headers['x-amz-expected-bucket-owner'],
    ContentSha256: request.headers['x-amz-content-sha256'],
    ChecksumSHA256: request.headers['x-amz-checksum-sha256'],
  }
  const given = Object.entries(headers).filter(([, value]) => value !== undefined)
  const input = {
    Bucket: bucket,
    ...(Key === '' ? {} : { Key }),
    ...Object.fromEntries(given),
    ...(request.method === 'PUT' ? { Body: request.body } : {}),
  }
  return { service: 's3', operation, input }
}

export function encodeRestXml(_: string, output: S3Answer, requestId: string): Answer {
  const { status = 200, headers = {}, xml, body } = output
  const type: Record<string, string> = xml === undefined ? {} : { 'content-type': 'application/xml' }
  return {
    status,
    headers: { ...identity(requestId), ...type, ...headers },
    body: body ?? Buffer.from(xml === undefined ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`),
  }
}

/** The body says what went wrong; the answer to a HEAD has none, so there only the status does. */
export function encodeRestXmlError(error: ServiceError, requestId: string, method?: string): Answer {
  const members = { Code: error.code, Message: error.message, ...error.members, RequestId: requestId, HostId: HOST_ID }
  const text = Object.entries(members).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${text.join('')}</Error>`
  return {
    status: error.status,
    headers: { ...identity(requestId), 'content-type': 'application/xml', ...error.headers },
    body: Buffer.from(method === 'HEAD' ? '' : xml),
  }
}

const HOST_ID = 'c3RhbmQtaW4='

function identity(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': HOST_ID, server: 'AmazonS3' }
}
