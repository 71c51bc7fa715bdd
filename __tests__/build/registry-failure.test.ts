import { describe, expect, it } from 'vitest'
import { loginFailure, readFailure, writeFailure } from '../../src/build/registry-failure.ts'

const REFERENCE = '127.0.0.1:5000/team/app:1'

describe('readFailure', () => {
  it.each([
    // buildx imagetools inspect 0.29
    ['not found', 'ERROR: 127.0.0.1:5000/team/app:1: not found', 'image-not-found'],
    [
      'login wanted (imagetools, containerd store)',
      'ERROR: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      'access-denied',
    ],
    [
      'unreachable',
      'ERROR: failed to do request: Head "http://127.0.0.1:5000/v2/team/app/manifests/1": dial tcp 127.0.0.1:5000: connect: connection refused',
      'registry-error',
    ],
    // docker pull 20.10
    [
      'manifest unknown',
      'Error response from daemon: manifest for x not found: manifest unknown: manifest unknown',
      'image-not-found',
    ],
    [
      'no login',
      'Error response from daemon: Head "http://x/v2/a/manifests/1": no basic auth credentials',
      'access-denied',
    ],
    [
      'missing or private on Docker Hub',
      "Error response from daemon: pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      'image-not-found',
    ],
    [
      'other platform',
      'Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries',
      'image-not-found',
    ],
    ['expired token', 'denied: Your authorization token has expired. Reauthenticate and try again.', 'access-denied'],
    ['forbidden', 'ERROR: unexpected status from HEAD request to https://x: 403 Forbidden', 'access-denied'],
    ['name lookup', 'Get "https://x/v2/": dial tcp: lookup nohost.invalid: no such host', 'registry-error'],
    ['certificate', 'Get "https://x/v2/": x509: certificate signed by unknown authority', 'registry-error'],
    ['rate limit', 'toomanyrequests: You have reached your pull rate limit', 'registry-error'],
    ['server fault', 'unexpected status from GET request to https://x: 503 Service Unavailable', 'registry-error'],
    ['malformed', 'invalid reference format: repository name must be lowercase', 'invalid-input'],
    ['unknown words', 'something else', 'registry-error'],
  ])('%s', (_name, stderr, code) => {
    expect(readFailure(REFERENCE, stderr).code).toBe(code)
  })

  it('quotes the last line without docker’s prefix', () => {
    const error = readFailure(REFERENCE, 'Using default tag: latest\nError response from daemon: boom\n')
    expect(error.message).toBe(`${REFERENCE} could not be read.\nboom`)
  })

  it('does not read causes out of the reference', () => {
    expect(readFailure('x.example/denied/not found', 'ERROR: x.example/denied/not found: boom').code).toBe(
      'registry-error',
    )
  })
})

describe('writeFailure', () => {
  it.each([
    ['no login, classic', 'no basic auth credentials', 'access-denied'],
    [
      'no login, containerd store',
      'push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      'access-denied',
    ],
    ['expired token', 'denied: Your authorization token has expired. Reauthenticate and try again.', 'access-denied'],
    [
      'missing permission',
      'denied: User: arn:aws:iam::1:user/u is not authorized to perform: ecr:InitiateLayerUpload',
      'access-denied',
    ],
    [
      'repository missing (ECR)',
      "name unknown: The repository with name 'team/app' does not exist in the registry with id '123456789012'",
      'repository-not-found',
    ],
    [
      'immutable tag (ECR)',
      "tag invalid: The image tag '1' already exists in the 'team/app' repository and cannot be overwritten because the repository is immutable.",
      'tag-immutable',
    ],
    [
      'unreachable',
      'Get "http://127.0.0.1:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
      'registry-error',
    ],
    ['broken connection', 'Put "http://x": unexpected EOF', 'registry-error'],
  ])('%s', (_name, stderr, code) => {
    expect(writeFailure(REFERENCE, stderr).code).toBe(code)
  })
})

describe('loginFailure', () => {
  it.each([
    ['refused', 'login attempt to http://127.0.0.1:5000/v2/ failed with status: 401 Unauthorized', 'access-denied'],
    [
      'unreachable',
      'Get "http://127.0.0.1:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
      'registry-error',
    ],
  ])('%s', (_name, stderr, code) => {
    const error = loginFailure('127.0.0.1:5000', stderr)
    expect(error.code).toBe(code)
    expect(error.message).toContain('127.0.0.1:5000')
  })
})
