import { expect, it } from 'vitest'
import { localTag } from '../../src/build/local-tag.ts'

it.each([
  ['get-customer', 'r1', 'x86_64', 'lambda-parity/get-customer:r1-amd64'],
  ['team/Get Customer', 'r1', 'arm64', 'lambda-parity/team-get-customer:r1-arm64'],
  ['__', '../7 8', 'x86_64', 'lambda-parity/image:7-8-amd64'],
] as const)('%s of run %s for %s', (name, runId, architecture, expected) => {
  expect(localTag(name, runId, architecture)).toBe(expected)
})

it('keeps a tag that was asked for, in a repository of the run', () => {
  expect(localTag('Get Customer', 'r1', 'arm64', 'v1.2')).toBe('lambda-parity/get-customer/r1-arm64:v1.2')
})

it('stays within the 128 characters of a tag', () => {
  const [, tag = ''] = localTag('app', 'x'.repeat(200), 'x86_64').split(':')
  expect(tag).toHaveLength(128)
  expect(tag.endsWith('-amd64')).toBe(true)
})
