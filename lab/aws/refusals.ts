import { type Service, ServiceError } from './service-error.ts'

/** A refusal by its usual name, or any error in the service's own words. */
export type Refusal =
  | 'throttled'
  | 'access-denied'
  | 'conflict'
  | 'internal'
  | 'invalid-credentials'
  | 'expired-credentials'
  | { code: string; status: number; message: string; retryAfterSeconds?: number }

type Target = { readonly service: Service; readonly operation: string; readonly resource: string }

const CALLER = 'arn:aws:sts::123456789012:assumed-role/ci/lambda-parity'
const INVALID_TOKEN = 'The security token included in the request is invalid.'
const EXPIRED_TOKEN = 'The security token included in the request is expired'

/** A refusal as the service that is asked words it, with the code and status of its protocol. */
export function refusalError(refusal: Refusal, target: Target): ServiceError {
  if (typeof refusal === 'object') {
    const headers = refusal.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.retryAfterSeconds) }
    return new ServiceError(refusal.code, refusal.status, refusal.message, { headers })
  }
  return WORDS[target.service](refusal, target)
}

type Words = (refusal: Extract<Refusal, string>, target: Target) => ServiceError

const WORDS: Record<Service, Words> = {
  ecr: ecrError,
  lambda: lambdaError,
  s3: s3Error,
  sts: stsError,
  registry: registryError,
}

function lambdaError(refusal: Extract<Refusal, string>, target: Target): ServiceError {
  switch (refusal) {
    case 'throttled':
      return new ServiceError('TooManyRequestsException', 429, 'Rate Exceeded.', {
        headers: { 'retry-after': '1' },
        members: { Type: 'User', Reason: 'CallerRateLimitExceeded' },
      })
    case 'access-denied':
      return new ServiceError('AccessDeniedException', 403, denied(target))
    case 'conflict':
      return new ServiceError(
        'ResourceConflictException',
        409,
        `The operation cannot be performed at this time. An update is in progress for resource: ${target.resource}`,
        { members: { Type: 'User' } },
      )
    case 'internal':
      return new ServiceError('ServiceException', 500, 'An internal error occurred. Please retry.', {
        members: { Type: 'Service' },
      })
    case 'invalid-credentials':
      return new ServiceError('UnrecognizedClientException', 403, INVALID_TOKEN)
    case 'expired-credentials':
      return new ServiceError('ExpiredTokenException', 403, EXPIRED_TOKEN)
  }
}

function ecrError(refusal: Extract<Refusal, string>, target: Target): ServiceError {
  switch (refusal) {
    case 'throttled':
      return new ServiceError('ThrottlingException', 400, 'Rate exceeded')
    case 'access-denied':
      return new ServiceError('AccessDeniedException', 400, denied(target))
    case 'conflict':
    case 'internal':
      return new ServiceError('ServerException', 500, 'An internal server error occurred.')
    case 'invalid-credentials':
      return new ServiceError('UnrecognizedClientException', 400, INVALID_TOKEN)
    case 'expired-credentials':
      return new ServiceError('ExpiredTokenException', 400, EXPIRED_TOKEN)
  }
}

function stsError(refusal: Extract<Refusal, string>, target: Target): ServiceError {
  switch (refusal) {
    case 'throttled':
      return new ServiceError('Throttling', 400, 'Rate exceeded')
    case 'access-denied':
      return new ServiceError('AccessDenied', 403, denied(target))
    case 'conflict':
    case 'internal':
      return new ServiceError('InternalFailure', 500, 'An internal server error occurred.')
    case 'invalid-credentials':
      return new ServiceError('InvalidClientTokenId', 403, INVALID_TOKEN)
    case 'expired-credentials':
      return new ServiceError('ExpiredToken', 403, EXPIRED_TOKEN)
  }
}

function s3Error(refusal: Extract<Refusal, string>, target: Target): ServiceError {
  switch (refusal) {
    case 'throttled':
      return new ServiceError('SlowDown', 503, 'Please reduce your request rate.')
    case 'access-denied':
      return new ServiceError('AccessDenied', 403, denied(target))
    case 'conflict':
      return new ServiceError(
        'OperationAborted',
        409,
        'A conflicting conditional operation is currently in progress against this resource. Please try again.',
      )
    case 'internal':
      return new ServiceError('InternalError', 500, 'We encountered an internal error. Please try again.')
    case 'invalid-credentials':
      return new ServiceError(
        'InvalidAccessKeyId',
        403,
        'The AWS Access Key Id you provided does not exist in our records.',
      )
    case 'expired-credentials':
      return new ServiceError('ExpiredToken', 400, 'The provided token has expired.')
  }
}

function registryError(refusal: Extract<Refusal, string>, target: Target): ServiceError {
  switch (refusal) {
    case 'throttled':
      return new ServiceError('TOOMANYREQUESTS', 429, 'Rate exceeded')
    case 'access-denied':
      return new ServiceError('DENIED', 403, denied({ ...target, service: 'ecr' }))
    case 'conflict':
    case 'internal':
      return new ServiceError('UNKNOWN', 500, 'An internal server error occurred.')
    case 'invalid-credentials':
      return new ServiceError('UNAUTHORIZED', 401, 'Not Authorized')
    case 'expired-credentials':
      return new ServiceError('DENIED', 403, 'Your authorization token has expired. Reauthenticate and try again.')
  }
}

/** The IAM action is named like the operation, but for these. */
const IAM_ACTIONS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'lambda:GetLayerVersionByArn': 'lambda:GetLayerVersion',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  'ecr:StartUpload': 'ecr:InitiateLayerUpload',
  'ecr:PutManifest': 'ecr:PutImage',
  'ecr:GetManifest': 'ecr:BatchGetImage',
  'ecr:GetBlob': 'ecr:GetDownloadUrlForLayer',
}

function denied({ service, operation, resource }: Target): string {
  const action = IAM_ACTIONS[`${service}:${operation}`] ?? `${service}:${operation}`
  return `User: ${CALLER} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
}
