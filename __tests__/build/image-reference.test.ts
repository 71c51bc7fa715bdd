import { expect, it } from 'vitest'
import { byDigest, parseReference, registryHost } from '../../src/build/image-reference.ts'

it.each([
  ['app', { repository: 'app' }, 'docker.io'],
  ['app:1.2', { repository: 'app', tag: '1.2' }, 'docker.io'],
  ['team/app:1', { repository: 'team/app', tag: '1' }, 'docker.io'],
  ['127.0.0.1:5000/app', { repository: '127.0.0.1:5000/app' }, '127.0.0.1:5000'],
  ['127.0.0.1:5000/a/b:1', { repository: '127.0.0.1:5000/a/b', tag: '1' }, '127.0.0.1:5000'],
  ['localhost/app@sha256:ab', { repository: 'localhost/app', digest: 'sha256:ab' }, 'localhost'],
  [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1@sha256:ab',
    { repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app', tag: '1', digest: 'sha256:ab' },
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  ],
])('%s', (reference, parts, host) => {
  expect(parseReference(reference)).toEqual(parts)
  expect(registryHost(reference)).toBe(host)
  expect(byDigest(reference, 'sha256:cd')).toBe(`${parts.repository}@sha256:cd`)
})
