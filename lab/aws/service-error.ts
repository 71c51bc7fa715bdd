/** The services of the stand-in; `registry` is ECR's data plane (the OCI distribution API). */
export type Service = 'ecr' | 'lambda' | 's3' | 'sts' | 'registry'

/** An error as a service words it; the protocol of the service decides how it travels. */
export class ServiceError extends Error {
  readonly code: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Members of the error shape beyond its message, e.g. `Reason` of TooManyRequestsException. */
  readonly members: Readonly<Record<string, string>>

  constructor(
    code: string,
    status: number,
    message: string,
    extra: { headers?: Record<string, string>; members?: Record<string, string> } = {},
  ) {
    super(message)
    this.code = code
    this.status = status
    this.headers = extra.headers ?? {}
    this.members = extra.members ?? {}
  }
}
