import { describe, expect, it } from 'vitest'
import { byDigest, ecrReference, parseImageReference, registryHost } from '../src/image-reference.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`

it.each<[string, object | undefined]>([
  ['alpine', { repository: 'alpine' }],
  ['library/alpine:3.20', { repository: 'library/alpine', tag: '3.20' }],
  ['localhost/app', { registry: 'localhost', repository: 'app' }],
  ['localhost:5000/team/app:v1', { registry: 'localhost:5000', repository: 'team/app', tag: 'v1' }],
  ['Mirror/team/app', { registry: 'Mirror', repository: 'team/app' }],
  ['[::1]:5000/app', { registry: '[::1]:5000', repository: 'app' }],
  [`ghcr.io/octo/app:v1@${DIGEST}`, { registry: 'ghcr.io', repository: 'octo/app', tag: 'v1', digest: DIGEST }],
  ['a__b/c-d.e', { repository: 'a__b/c-d.e' }],
  ['App', undefined],
  ['app:', undefined],
  ['app:-x', undefined],
  ['app@sha256:12', undefined],
  ['https://ghcr.io/octo/app', undefined],
  ['--output=x', undefined],
  ['', undefined],
])('parses %j', (text, parts) => {
  expect(parseImageReference(text)).toEqual(parts)
})

it('takes no time over a long text that is no reference', () => {
  expect(parseImageReference(`${'a-'.repeat(50_000)}!`)).toBeUndefined()
})

it.each<[string, object | undefined]>([
  [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1',
    { registryId: '123456789012', region: 'eu-west-1', repository: 'team/app' },
  ],
  [
    `123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app@${DIGEST}`,
    { registryId: '123456789012', region: 'cn-north-1', repository: 'app' },
  ],
  ['123456789012.dkr-ecr.us-east-1.on.aws/app', { registryId: '123456789012', region: 'us-east-1', repository: 'app' }],
  ['public.ecr.aws/lambda/nodejs:22', undefined],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example/app', undefined],
])('finds account and region of %j', (text, parts) => {
  expect(ecrReference(text)).toEqual(parts)
})

describe('byDigest and registryHost', () => {
  it.each([
    ['app', 'app', 'docker.io'],
    ['team/app:1', 'team/app', 'docker.io'],
    ['127.0.0.1:5000/app', '127.0.0.1:5000/app', '127.0.0.1:5000'],
    ['127.0.0.1:5000/a/b:1', '127.0.0.1:5000/a/b', '127.0.0.1:5000'],
    [`localhost/app:1@sha256:${'ab'.repeat(32)}`, 'localhost/app', 'localhost'],
  ])('%s', (reference, name, host) => {
    expect(byDigest(reference, 'sha256:cd')).toBe(`${name}@sha256:cd`)
    expect(registryHost(reference)).toBe(host)
  })
})
