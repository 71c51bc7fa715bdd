import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { manifestFacts } from '../../src/build/manifest-facts.ts'
import { ActionError } from '../../src/errors.ts'

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const facts = (document: unknown) => {
  const text = JSON.stringify(document)
  return { text, facts: manifestFacts('host:5000/app:1', Buffer.from(text)) }
}

describe('manifestFacts', () => {
  it('reads an image manifest and pins the reference to its bytes', () => {
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: { digest: 'sha256:c', size: 3 },
      layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', digest: 'sha256:l', size: 10 }],
    }
    const { text, facts: read } = facts(manifest)
    expect(read).toEqual({
      reference: `host:5000/app@${digestOf(text)}`,
      digest: digestOf(text),
      mediaType: manifest.mediaType,
      layers: manifest.layers,
      configDigest: 'sha256:c',
    })
  })

  it('reads an index, its attestations and platforms', () => {
    const { facts: read } = facts({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          mediaType: 'm',
          digest: 'sha256:a',
          size: 1,
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
        },
        {
          mediaType: 'm',
          digest: 'sha256:b',
          size: 1,
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
        },
        { mediaType: 'm', digest: 'sha256:c', size: 1 },
      ],
    })
    expect(read).not.toHaveProperty('layers')
    expect(read.children).toEqual([
      { digest: 'sha256:a', mediaType: 'm', platform: 'linux/arm64/v8', attestation: false },
      { digest: 'sha256:b', mediaType: 'm', platform: 'unknown/unknown', attestation: true },
      { digest: 'sha256:c', mediaType: 'm', platform: 'unknown/unknown', attestation: false },
    ])
  })

  it('tells OCI documents without a media type apart', () => {
    expect(facts({ schemaVersion: 2, layers: [] }).facts.mediaType).toBe('application/vnd.oci.image.manifest.v1+json')
    expect(facts({ schemaVersion: 2, manifests: [] }).facts.mediaType).toBe('application/vnd.oci.image.index.v1+json')
  })

  it.each(['<html>', 'null', '1'])('refuses what is no manifest: %s', (text) => {
    const read = () => manifestFacts('app:1', Buffer.from(text))
    expect(read).toThrow(ActionError)
    expect(read).toThrow(/not a manifest/)
  })
})
