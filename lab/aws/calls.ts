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
