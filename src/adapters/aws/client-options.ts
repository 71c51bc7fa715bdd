import type { AwsCredentials } from './credentials.ts'

/** For a request of up to 70 MB, or an object of 250 MB, through a slow line. Milliseconds. */
export const UPLOAD_TIMEOUT = 600_000

/** What every client of one run has in common. */
export type AwsOptions = {
  readonly region: string
  readonly credentials: AwsCredentials
  /** Ends the calls of a cancelled run. */
  readonly signal: AbortSignal
}

/**
 * Options of an SDK client. Endpoints (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_LAMBDA, FIPS and dual-stack settings) are the
 * SDK's own business. Five attempts in all: what is left after them is for the stages, which have a deadline.
 */
export function clientOptions({ region, credentials }: AwsOptions) {
  return {
    region,
    credentials,
    maxAttempts: 5,
    customUserAgent: 'lambda-parity',
    // Without limits a connection that has gone silent would hold the job until its own end.
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  }
}
