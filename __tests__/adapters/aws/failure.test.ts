import { describe, expect, it } from 'vitest'
import { awsFailure } from '../../../src/adapters/aws/failure.ts'
import { IMAGE_REFUSALS, OTHER_CODE } from '../../../src/adapters/aws/lambda-refusals.ts'
import { ActionError } from '../../../src/errors.ts'

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:get-customer'
const call = { action: 'lambda:UpdateFunctionCode', resource: 'get-customer' }

/** An error as the SDK throws it. */
function sdkError(name: string, status: number | undefined, message: string, more: object = {}): Error {
  const $metadata = { attempts: 1, ...(status === undefined ? {} : { httpStatusCode: status, requestId: 'req-1' }) }
  return Object.assign(new Error(message), { name, $metadata, ...more })
}

it.each([
  ['AccessDeniedException', 403, 'access-denied'],
  ['AccessDeniedException', 400, 'access-denied'],
  ['ForbiddenException', 403, 'access-denied'],
  ['ExpiredTokenException', 400, 'access-denied'],
  ['UnrecognizedClientException', 403, 'access-denied'],
  ['InvalidClientTokenId', 403, 'access-denied'],
  ['TooManyRequestsException', 429, 'throttled'],
  ['ThrottlingException', 400, 'throttled'],
  // A quota of ECR, which does not pass by itself.
  ['LimitExceededException', 400, 'aws-error'],
  ['ResourceConflictException', 409, 'conflict'],
  ['ServiceException', 500, 'aws-error'],
  ['InvalidParameterValueException', 400, 'aws-error'],
  ['CodeStorageExceededException', 400, 'aws-error'],
])('%s with status %i is %s', (name, status, code) => {
  expect(awsFailure(sdkError(name, status, 'words'), call)).toMatchObject({
    code,
    message: expect.stringContaining('words'),
    help: expect.stringContaining('req-1'),
  })
})

describe('a denied call', () => {
  it('names action and resource as AWS does, which may be others than those of the call', () => {
    const message = `User: arn:aws:sts::1:assumed-role/ci/x is not authorized to perform: iam:PassRole on resource: ${ARN} because no identity-based policy allows it`
    expect(awsFailure(sdkError('AccessDeniedException', 403, message), call)).toMatchObject({
      message: expect.stringContaining(`iam:PassRole on ${ARN} is denied`),
      help: expect.stringContaining(`Allow iam:PassRole on ${ARN}`),
    })
  })

  it('names those of the call when AWS names none', () => {
    expect(awsFailure(sdkError('AccessDeniedException', 403, 'Forbidden'), call)).toMatchObject({
      help: expect.stringContaining('Allow lambda:UpdateFunctionCode on get-customer'),
    })
  })
})

it('says of refused credentials that they were found', () => {
  const error = sdkError('ExpiredTokenException', 403, 'The security token included in the request is expired')
  expect(awsFailure(error, call)).toMatchObject({
    message: expect.stringContaining('were found, but AWS refuses them'),
    help: expect.stringContaining('configure-aws-credentials'),
  })
})

it('tells missing credentials from refused ones', () => {
  const error = Object.assign(new Error('Could not load credentials from any providers'), {
    name: 'CredentialsProviderError',
  })
  expect(awsFailure(error, call)).toMatchObject({ code: 'no-credentials' })
})

it.each([
  ['connect ECONNREFUSED 127.0.0.1:9', 'ECONNREFUSED'],
  ['', 'ENOTFOUND'],
])('says that nobody answered (%j)', (message, code) => {
  expect(awsFailure(sdkError('Error', undefined, message, { code }), call)).toMatchObject({
    code: 'aws-error',
    message: expect.stringContaining(code),
    help: expect.stringContaining('AWS_ENDPOINT_URL'),
  })
})

it.each([
  ['The image manifest, config or layer media type for the source image x is not supported.', 'manifest-unsupported'],
  ['The image manifest or layer media type for the source image x is not supported.', 'manifest-unsupported'],
  ['Source image x does not exist. Provide a valid source image.', 'image-not-found'],
  ['Source image x is not valid. Provide a valid source image.', 'image-not-found'],
  ["Please don't provide ImageUri when updating a function with packageType Zip.", 'package-type-mismatch'],
  ['CodeSHA256 (x) is different from current CodeSHA256 in $LATEST (y).', 'verify-mismatch'],
  ['1 validation error detected', 'aws-error'],
])('%s: %s', (message, code) => {
  const error = sdkError('InvalidParameterValueException', 400, message)
  expect(awsFailure(error, call, [...IMAGE_REFUSALS, OTHER_CODE])).toMatchObject({
    code,
    message: expect.stringContaining(message),
  })
})

it('never carries the raw error, whose response may hold secrets', () => {
  const error = sdkError('ServiceException', 500, 'words', { $response: { body: 'secret' } })
  expect(awsFailure(error, call)).not.toHaveProperty('cause')
})

it('lets everything else through: defects of ours, the reason of a cancelled run', () => {
  const defect = new TypeError('x is not a function')
  const cancelled = new ActionError('cancelled', 'cancelled', { help: '' })
  expect([awsFailure(defect, call), awsFailure(cancelled, call)]).toEqual([defect, cancelled])
})
