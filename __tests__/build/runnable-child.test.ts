import { expect, it } from 'vitest'
import { runnableChild } from '../../src/build/runnable-child.ts'

const child = (platform: string, attestation = false) => ({
  digest: `sha256:${platform}`,
  mediaType: 'm',
  platform,
  attestation,
})

it.each([
  ['one image and its attestation', [child('linux/amd64'), child('unknown/unknown', true)], 'x86_64', 'linux/amd64'],
  ['both architectures', [child('linux/amd64'), child('linux/arm64')], 'arm64', 'linux/arm64'],
  ['with a variant', [child('linux/arm64/v8')], 'arm64', 'linux/arm64/v8'],
  ['two variants', [child('linux/amd64/v2'), child('linux/amd64/v3')], 'x86_64', undefined],
  ['other architectures only', [child('linux/arm64'), child('linux/arm/v7')], 'x86_64', undefined],
  ['another system', [child('windows/amd64')], 'x86_64', undefined],
  ['an attestation that claims a platform', [child('linux/amd64', true)], 'x86_64', undefined],
  ['nothing', [], 'x86_64', undefined],
] as const)('%s', (_name, children, architecture, platform) => {
  expect(runnableChild(children, architecture)?.platform).toBe(platform)
})
