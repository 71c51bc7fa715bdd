import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/inspect/evidence.ts'
import { isBuiltOn, recogniseRuntime } from '../../src/inspect/recognise-runtime.ts'
import { makeEvidence, makeFile, makeImageFacts } from '../builders/evidence.ts'

const AL2 = { id: 'amzn', versionId: '2', prettyName: 'Amazon Linux 2' }
const AL2023 = { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023' }
const DEBIAN = { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' }

function withFiles(paths: readonly string[], overrides: Partial<Evidence> = {}): Evidence {
  return makeEvidence({ files: paths.map((path) => makeFile(path)), os: AL2023, tools: {}, ...overrides })
}

describe('an AWS base image by its runtime folder', () => {
  it.each<[string, string, Evidence]>([
    ['nodejs22.x', 'nodejs:22', withFiles(['/var/lang/bin/node'], { tools: { node: '22.11.0' } })],
    ['nodejs18.x', 'nodejs:18', withFiles(['/var/lang/bin/node'], { tools: { node: '18.20.4' }, os: AL2 })],
    ['python3.13', 'python:3.13', withFiles(['/var/lang/bin/pip', '/var/lang/bin/python3.13'])],
    ['ruby3.3', 'ruby:3.3', withFiles(['/var/lang/lib/ruby/3.3.0'])],
    ['dotnet8', 'dotnet:8', withFiles(['/var/lang/bin/shared/Microsoft.NETCore.App/8.0.11'])],
    ['java21', 'java:21', withFiles(['/var/lang/bin/java'], { tools: { java: '21.0.5' } })],
    ['java17', 'java:17', withFiles(['/var/lang/bin/java'], { tools: { java: '17.0.13' }, os: AL2 })],
    ['java17.al2023', 'java:17.al2023', withFiles(['/var/lang/bin/java'], { tools: { java: '17.0.13' } })],
    ['provided.al2023', 'provided:al2023', withFiles(['/var/runtime/bootstrap'])],
    ['provided.al2', 'provided:al2', withFiles(['/var/runtime/bootstrap'], { os: AL2 })],
  ])('%s', (id, image, evidence) => {
    expect(recogniseRuntime(evidence, [])).toMatchObject({
      runtime: { id },
      baseReference: `public.ecr.aws/lambda/${image}`,
      because: expect.stringContaining('LAMBDA_RUNTIME_DIR'),
    })
  })

  it('is not taken for AWS’s own on another operating system', () => {
    const recognised = recogniseRuntime(
      withFiles(['/var/lang/bin/node'], { tools: { node: '22.11.0' }, os: DEBIAN }),
      [],
    )
    expect(recognised).toMatchObject({ runtime: { id: 'nodejs22.x' } })
    expect(recognised).not.toHaveProperty('baseReference')
  })

  it.each<[string, Evidence]>([
    ['without the variable', withFiles(['/var/lang/bin/python3.13'], { image: makeImageFacts({ environment: {} }) })],
    ['of a version that no runtime has', withFiles(['/var/lang/bin/python3.77'])],
    ['without a language, on another system', withFiles(['/bootstrap'], { os: DEBIAN })],
  ])('is none: %s', (_, evidence) => {
    expect(recogniseRuntime(evidence, [])).toBeUndefined()
  })
})

it('believes the label that names the base before the folders', () => {
  const labels = { 'org.opencontainers.image.base.name': 'public.ecr.aws/lambda/python:3.12-arm64' }
  expect(recogniseRuntime(makeEvidence({ image: makeImageFacts({ labels }) }), [])).toMatchObject({
    runtime: { id: 'python3.12' },
    baseReference: 'public.ecr.aws/lambda/python:3.12-arm64',
  })
})

it('passes over a label that names no Lambda base', () => {
  const labels = { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12' }
  const image = makeImageFacts({ labels, environment: {} })
  expect(recogniseRuntime(makeEvidence({ image }), [])).toBeUndefined()
})

it('believes layers before anything else', () => {
  const labels = { 'org.opencontainers.image.base.name': 'public.ecr.aws/lambda/python:3.12' }
  const artifact = makeEvidence({ image: makeImageFacts({ labels, layers: ['sha256:a', 'sha256:b', 'sha256:c'] }) })
  const bases = [
    { reference: 'mirror.example/lambda/python:3.13', layers: ['sha256:b'] },
    { reference: 'mirror.example/lambda/nodejs:22', layers: ['sha256:a', 'sha256:b'] },
  ]
  expect(recogniseRuntime(artifact, bases)).toMatchObject({
    runtime: { id: 'nodejs22.x' },
    baseReference: 'mirror.example/lambda/nodejs:22',
  })
})

it.each([
  [['a', 'b'], ['a'], true],
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'b'], ['b'], false],
  [['a'], ['a', 'b'], false],
  [['a'], [], false],
])('layers %j are built on %j: %s', (image, base, expected) => {
  expect(isBuiltOn(image, base)).toBe(expected)
})
