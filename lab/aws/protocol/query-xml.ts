import type { Answer } from '../../http/answer.ts'
import type { HttpRequest } from '../../http/request.ts'
import type { ServiceError } from '../service-error.ts'
import type { OperationRequest } from './operation-request.ts'

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** AWS Query, which STS speaks: a form with `Action`, answered in XML. */
export function decodeQuery(request: HttpRequest): OperationRequest | undefined {
  const form = new URLSearchParams(request.body.toString('utf8'))
  const operation = form.get('Action')
  if (request.method !== 'POST' || request.path !== '/' || operation === null) return undefined
  form.delete('Action')
  form.delete('Version')
  return { service: 'sts', operation, input: Object.fromEntries(form) }
}

export function encodeQuery(operation: string, output: object, requestId: string): Answer {
  const members = Object.entries(output).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
  return xml(
    200,
    requestId,
    `<${operation}Response xmlns="${NAMESPACE}"><${operation}Result>${members.join('')}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  )
}

export function encodeQueryError(error: ServiceError, requestId: string): Answer {
  const type = error.status < 500 ? 'Sender' : 'Receiver'
  return xml(
    error.status,
    requestId,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${type}</Type><Code>${error.code}</Code>` +
      `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  )
}

function xml(status: number, requestId: string, text: string): Answer {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body: Buffer.from(text) }
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
