import { expect, it } from 'vitest'
import { environment, tableEnvironment } from '../../src/inspect/environment.ts'
import { findRuntime, RUNTIMES } from '../../src/lambda/runtimes.ts'
import { makeEvidence } from '../builders/evidence.ts'

it('is what was read from an image', () => {
  const evidence = makeEvidence()
  expect(environment(evidence)).toEqual({
    reference: evidence.subject.reference,
    os: evidence.os,
    libc: evidence.libc,
    tools: evidence.tools,
    source: 'scanned',
  })
})

it('is what is documented of a runtime whose image was not read', () => {
  const runtime = findRuntime('python3.11')
  expect(runtime && tableEnvironment(runtime, 'arm64')).toEqual({
    reference: 'public.ecr.aws/lambda/python:3.11-arm64',
    os: { id: 'amzn', versionId: '2', prettyName: 'Amazon Linux 2' },
    libc: { family: 'glibc', version: '2.26' },
    tools: { libstdcxx: '3.4.24', python: '3.11' },
    source: 'table',
  })
})

it.each(RUNTIMES.map((runtime) => [runtime.id, runtime] as const))('says its source for %s', (_, runtime) => {
  expect(tableEnvironment(runtime, 'x86_64')).toMatchObject({ source: 'table', libc: { family: 'glibc' } })
})
