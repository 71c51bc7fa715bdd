import type { OperationRequest } from './protocol/operation-request.ts'
import type { Service } from './service-error.ts'

/** One request and its answer, in the order in which they were answered. Credentials are not recorded. */
export type Call = {
  readonly service: Service
  readonly operation: string
  readonly input: unknown
  readonly accessKeyId?: string
  readonly userAgent?: string
  readonly answer: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    /** UTF-8 text; status 0 and no text when the connection was cut on purpose. */
    readonly body: string
  }
}

/** `service:Operation` of each call, e.g. `lambda:UpdateFunctionCode`: the order of the run at a glance. */
export function operations(calls: readonly Call[]): string[] {
  return calls.map((call) => `${call.service}:${call.operation}`)
}

/** Payloads as text; of zips, which may have many megabytes, only how large they were. */
export function recordedInput(asked: OperationRequest | undefined): unknown {
  const { input = undefined, operation = '' } = asked ?? {}
  if (input === undefined) return undefined
  if (operation === 'Invoke') return { ...input, Payload: String(input.Payload) }
  if (operation === 'PutObject') return { ...input, Body: `${(input.Body as Buffer).length} bytes` }
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, withoutZip(name, value)]))
}

function withoutZip(name: string, value: unknown): unknown {
  if (name === 'ZipFile') return `${Buffer.from(String(value), 'base64').length} bytes`
  if (name !== 'Content' && name !== 'Code') return value
  return Object.fromEntries(Object.entries(Object(value)).map(([member, one]) => [member, withoutZip(member, one)]))
}
