import { expect, it } from 'vitest'
import { readFixture } from './read.ts'

it('reads a layer of a folder with everything that it is published as', async () => {
  const read = await readFixture('layers', { resource: 'Folder' })
  expect(read.problems).toEqual([])
  expect(read.resource).toBe('Layers/Folder')
  expect(read.defaults).toMatchObject({
    kind: 'layer',
    'layer-path': expect.stringMatching(/^cdk\.out\/asset\.[0-9a-f]{64}$/),
    architecture: 'arm64',
    runtime: { id: 'python3.13' },
    'compatible-runtimes': [{ id: 'python3.13' }, { id: 'python3.12' }],
    'compatible-architectures': ['arm64'],
    'layer-name': 'shared-code',
    'layer-description': 'Shared code',
    'license-info': 'MIT',
  })
})

it('reads a layer of a zip for both architectures, which settles none', async () => {
  const { defaults, problems } = await readFixture('layers', { resource: 'Zip' })
  expect(problems).toEqual([])
  expect(defaults['layer-path']).toMatch(/^cdk\.out\/asset\.[0-9a-f]{64}\.zip$/)
  expect(defaults['compatible-architectures']).toEqual(['x86_64', 'arm64'])
  expect(defaults).not.toHaveProperty('architecture')
})

it('finds the folder of a layer in a nested stack', async () => {
  const { defaults } = await readFixture('nested', { resource: 'Outer/Nested/Deep/Layer' })
  expect(defaults['layer-path']).toMatch(/^cdk\.out\/asset\.[0-9a-f]{64}$/)
})

it('cannot read content on S3, unless the workflow says where else it is', async () => {
  const { problems } = await readFixture('layers', { resource: 'OnS3' })
  expect(problems).toMatchObject([{ input: 'template', why: expect.stringContaining('on S3') }])
  for (const input of ['layer-path', 'layer-source'] as const) {
    const read = await readFixture('layers', { resource: 'OnS3', [input]: 'layer' })
    expect(read.problems).toEqual([])
    expect(read.defaults).not.toHaveProperty('layer-path')
  }
  const { defaults } = await readFixture('layers', { resource: 'Folder', 'layer-source': 'src' })
  expect(defaults).not.toHaveProperty('layer-path')
})
