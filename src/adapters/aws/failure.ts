import { ActionError, type FailureCode } from '../../errors.ts'

/** One call of an AWS API: what IAM calls it, and what it is about (name or ARN), for messages. */
export type AwsCall = { readonly action: string; readonly resource: string }

/** What is used of an SDK error. By name and status, since classes may be bundled twice; never the raw response. */
type SdkError = Error & {
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** A refusal known by its words: same name and status for many causes. */
export type KnownRefusal = { readonly pattern: RegExp; readonly code: FailureCode; readonly help: string }

const REFUSED_CREDENTIALS = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
])

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
])

/** An error of the SDK as ActionError; anything else (a defect of ours, the signal's reason) is returned as it is. */
export function awsFailure(error: unknown, call: AwsCall, known: readonly KnownRefusal[] = []): unknown {
  if (!isSdkError(error)) return error
  const status = error.$metadata?.httpStatusCode
  const said = error.message.trim() === '' ? (error.code ?? error.name) : error.message.trim()
  const fail = (code: FailureCode, message: string, help: string) =>
    new ActionError(code, message, { help: withRequestId(help, error) })

  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return fail('no-credentials', `${call.action} needs AWS credentials, and none could be loaded: ${said}`, SIGN_IN)
  }
  if (REFUSED_CREDENTIALS.has(error.name)) {
    return fail(
      'access-denied',
      `AWS credentials were found, but AWS refuses them: ${error.name}: ${said}`,
      `They are expired, of another account or partition, or incomplete. ${SIGN_IN}`,
    )
  }
  if (status === undefined) {
    const reason = error.code === undefined || said.includes(error.code) ? said : `${error.code}: ${said}`
    return fail('aws-error', `${call.action} on ${call.resource} got no answer from AWS: ${reason}`, UNREACHABLE)
  }
  const refusal = known.find(({ pattern }) => pattern.test(said))
  if (refusal !== undefined) return fail(refusal.code, said, refusal.help)
  if (status === 403 || error.name.startsWith('AccessDenied')) {
    const { action, resource } = { ...call, ...deniedAction(said) }
    return fail(
      'access-denied',
      `${action} on ${resource} is denied: ${said}`,
      `Allow ${action} on ${resource} in a policy of the role that this job assumes; boundaries, service control policies and session policies must allow it too.`,
    )
  }
  if (status === 429 || THROTTLED.has(error.name)) {
    return fail(
      'throttled',
      `${call.action} on ${call.resource} is throttled: ${said}`,
      'Too many calls at once in this account and region: run fewer jobs in parallel, then run this one again.',
    )
  }
  if (error.name === 'ResourceConflictException') {
    return fail(
      'conflict',
      `${call.action} on ${call.resource} met a change in progress: ${said}`,
      'Somebody else changes it at the same time: use one concurrency group for all jobs that deploy it, then run this one again.',
    )
  }
  return fail(
    'aws-error',
    `${call.action} on ${call.resource} failed: ${error.name}: ${said}`,
    status >= 500
      ? 'A fault on the side of AWS: run the job again; https://health.aws.amazon.com shows known ones.'
      : 'The words are those of AWS: correct what they name, then run the job again.',
  )
}

const SIGN_IN =
  'Sign in with aws-actions/configure-aws-credentials in a step before this one (role-to-assume, and id-token: write in the permissions of the job).'

const UNREACHABLE =
  'Check aws-region, AWS_ENDPOINT_URL, and whether this runner reaches AWS (firewall, proxy, VPC endpoint); then run the job again.'

/** AWS names the action and the resource it looked for, which may be others than those of the call (`iam:PassRole`). */
function deniedAction(message: string): { action?: string; resource?: string } {
  const [, action, resource] = /not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(message) ?? []
  return {
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined || resource === '*' ? {} : { resource }),
  }
}

function withRequestId(help: string, { $metadata }: SdkError): string {
  return $metadata?.requestId === undefined ? help : `${help} (AWS request id ${$metadata.requestId})`
}

function isSdkError(error: unknown): error is SdkError {
  if (!(error instanceof Error) || error instanceof ActionError) return false
  return '$metadata' in error || error.name.endsWith('ProviderError')
}
