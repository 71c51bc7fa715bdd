/** Every way a run can fail, as `failure.code` of report.json names it (contract: report). */
export const FAILURE_CODES = [
  'invalid-input',
  'docker-unavailable',
  'build-failed',
  'image-not-found',
  'manifest-unsupported',
  'findings',
  'smoke-failed',
  'no-credentials',
  'access-denied',
  'registry-error',
  'repository-not-found',
  'tag-immutable',
  'function-not-found',
  'package-type-mismatch',
  'function-failed',
  'update-failed',
  'conflict',
  'throttled',
  'wait-timeout',
  'verify-mismatch',
  'layer-invalid',
  'aws-error',
  'cancelled',
  'internal',
] as const

export type FailureCode = (typeof FAILURE_CODES)[number]

/** "Could not do the work": what failed and why in `message`, what to do next in `help`. Findings are values, not errors. */
export class ActionError extends Error {
  override readonly name = 'ActionError'
  readonly code: FailureCode
  readonly help: string

  constructor(code: FailureCode, message: string, options: { help: string; cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.help = options.help
  }
}

/** Any thrown value as an ActionError; what nobody expected becomes `internal` and keeps its cause for the log. */
export function toActionError(error: unknown): ActionError {
  if (error instanceof ActionError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ActionError('internal', message, {
    help: 'This is a defect of lambda-parity: please report it with the log of this step and report.json.',
    cause: error,
  })
}
