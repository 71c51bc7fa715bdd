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

it('knows the libraries of a runtime image that was scanned once, not its release', () => {
  const runtime = findRuntime('nodejs22.x')
  const row = {
    runtime: 'nodejs22.x',
    architecture: 'arm64',
    source: 'public.ecr.aws/lambda/nodejs:22',
    scanned: '2026-08-01',
    os: { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023.8.20260720', release: '2023.8.20260720' },
    libc: { family: 'glibc', version: '2.34' },
    tools: { node: '22.18.0', openssl: '3.2.2' },
  } as const
  const column = runtime && tableEnvironment(runtime, 'arm64', [row])
  expect(column).toMatchObject({ tools: row.tools, source: 'table', os: { prettyName: 'Amazon Linux 2023' } })
  expect(runtime && tableEnvironment(runtime, 'x86_64', [row]).tools).toEqual({ node: '22', libstdcxx: '3.4.29' })
})

it.each(RUNTIMES.map((runtime) => [runtime.id, runtime] as const))('says its source for %s', (_, runtime) => {
  expect(tableEnvironment(runtime, 'x86_64')).toMatchObject({ source: 'table', libc: { family: 'glibc' } })
})
