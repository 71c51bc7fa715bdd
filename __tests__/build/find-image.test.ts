import { describe, expect, it } from 'vitest'
import { findImage } from '../../src/build/find-image.ts'
import type { ManifestChild, ManifestFacts } from '../../src/inspect/evidence.ts'
import type { Architecture } from '../../src/lambda/architecture.ts'
import type { LocalImage } from '../../src/ports/images.ts'
import { fakeLog } from '../builders/ports.ts'
import { fakeImages, fakeRegistry, makeLocalImage } from './fake-images.ts'

const REPOSITORY = 'reg.example/app'
const TAG = `${REPOSITORY}:1`
const at = (digest: string) => `${REPOSITORY}@${digest}`
const manifest = (digest: string, configDigest = 'sha256:config'): ManifestFacts => ({
  reference: at(digest),
  digest,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  layers: [],
  configDigest,
})
const child = (digest: string, platform: string): ManifestChild => ({
  digest,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  platform,
  attestation: platform === 'unknown/unknown',
})
const index = (digest: string, ...children: ManifestChild[]): ManifestFacts => ({
  reference: at(digest),
  digest,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  children,
})
const AMD64 = child('sha256:amd64', 'linux/amd64')
const ARM64 = child('sha256:arm64', 'linux/arm64')
const ATTESTATION = child('sha256:att', 'unknown/unknown')
const CONTAINERD = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: 'sha256:amd64', size: 1 }

type World = {
  readonly local?: Readonly<Record<string, LocalImage>>
  readonly remote?: Readonly<Record<string, LocalImage>>
  readonly manifests?: Readonly<Record<string, ManifestFacts | string>>
}

async function find(world: World, options: { pull?: boolean; architecture?: Architecture } = {}) {
  const images = fakeImages(world.local ?? {}, world.remote)
  const registry = fakeRegistry(world.manifests ?? {})
  const source = { from: 'reference', image: TAG, pull: options.pull ?? false } as const
  const found = await findImage(source, options.architecture ?? 'x86_64', { images, registry, log: fakeLog() })
  return { found, pulled: images.pulled }
}

describe('an image that only its registry has', () => {
  it('is pulled by digest', async () => {
    const { found, pulled } = await find({
      manifests: { [TAG]: manifest('sha256:one') },
      remote: { [at('sha256:one')]: makeLocalImage({ id: 'sha256:id' }) },
    })
    expect(pulled).toEqual([at('sha256:one')])
    expect(found).toEqual({
      artifact: {
        reference: at('sha256:one'),
        id: 'sha256:id',
        origin: 'registry',
        source: manifest('sha256:one'),
      },
    })
  })

  it('is the one runnable child of an index', async () => {
    const given = index('sha256:index', AMD64, ARM64, ATTESTATION)
    const { found, pulled } = await find(
      {
        manifests: { [TAG]: given, [at('sha256:arm64')]: manifest('sha256:arm64') },
        remote: { [at('sha256:arm64')]: makeLocalImage({ architecture: 'arm64' }) },
      },
      { architecture: 'arm64' },
    )
    expect(pulled).toEqual([at('sha256:arm64')])
    expect(found).toMatchObject({
      artifact: {
        reference: at('sha256:arm64'),
        source: { digest: 'sha256:arm64' },
        repaired: { index: given, child: 'sha256:arm64' },
      },
    })
  })

  it('is refused when an index has no such child, without a pull', async () => {
    const given = index('sha256:index', ARM64, ATTESTATION)
    const { found, pulled } = await find({ manifests: { [TAG]: given } })
    expect(found).toEqual({ refused: given })
    expect(pulled).toEqual([])
  })

  it.each([
    ['image-not-found', `${TAG}: not found`],
    ['access-denied', 'authorization failed: no basic auth credentials'],
    ['registry-error', 'dial tcp: lookup reg.example: no such host'],
  ])('fails with %s', async (code, words) => {
    await expect(find({ manifests: { [TAG]: words } })).rejects.toMatchObject({ code })
  })
})

describe('an image of the local engine', () => {
  it('comes first, and tells no manifest when nobody published it', async () => {
    const { found, pulled } = await find({ local: { [TAG]: makeLocalImage() } })
    expect(found).toEqual({ artifact: { reference: TAG, id: 'sha256:config', origin: 'local' } })
    expect(pulled).toEqual([])
  })

  it('has the manifest that it was pulled from', async () => {
    const { found } = await find({
      local: { [TAG]: makeLocalImage({ repoDigests: [at('sha256:one'), 'other.example/app@sha256:two'] }) },
      manifests: { [TAG]: manifest('sha256:one') },
    })
    expect(found).toMatchObject({ artifact: { reference: TAG, origin: 'local', source: manifest('sha256:one') } })
  })

  it('has the child that it is of the index that it was pulled from', async () => {
    const given = index('sha256:index', AMD64, ATTESTATION)
    const { found } = await find({
      local: { [TAG]: makeLocalImage({ repoDigests: [at('sha256:amd64'), at('sha256:index')] }) },
      manifests: { [TAG]: given, [at('sha256:amd64')]: manifest('sha256:amd64') },
    })
    expect(found).toMatchObject({
      artifact: {
        reference: TAG,
        source: manifest('sha256:amd64'),
        repaired: { index: given, child: 'sha256:amd64' },
      },
    })
  })

  it('does not take another image’s manifest for its own', async () => {
    const { found } = await find({
      local: { [TAG]: makeLocalImage({ repoDigests: [at('sha256:one')] }) },
      manifests: { [TAG]: manifest('sha256:one', 'sha256:another') },
    })
    expect(found).toEqual({ artifact: { reference: TAG, id: 'sha256:config', origin: 'local' } })
  })

  it('does not need a registry that cannot be read now', async () => {
    const { found } = await find({
      local: { [TAG]: makeLocalImage({ repoDigests: [at('sha256:one')] }) },
      manifests: { [TAG]: 'dial tcp: i/o timeout', [at('sha256:one')]: manifest('sha256:one') },
    })
    expect(found).toEqual({ artifact: { reference: TAG, id: 'sha256:config', origin: 'local' } })
  })

  it('of the containerd store asks no registry', async () => {
    const local = makeLocalImage({ repoDigests: [at('sha256:amd64')], descriptor: CONTAINERD })
    const { found } = await find({
      local: { [TAG]: local },
      manifests: { [TAG]: manifest('sha256:amd64') },
    })
    expect(found).toEqual({ artifact: { reference: TAG, id: 'sha256:config', origin: 'local' } })
  })

  it('gives way to the wanted architecture of the same index', async () => {
    const { found, pulled } = await find(
      {
        local: { [TAG]: makeLocalImage({ repoDigests: [at('sha256:one'), at('sha256:index')] }) },
        manifests: {
          [TAG]: manifest('sha256:moved-on'),
          [at('sha256:one')]: manifest('sha256:one'),
          [at('sha256:index')]: index('sha256:index', AMD64, ARM64),
          [at('sha256:arm64')]: manifest('sha256:arm64', 'sha256:arm-config'),
        },
        remote: { [at('sha256:arm64')]: makeLocalImage({ id: 'sha256:arm-config', architecture: 'arm64' }) },
      },
      { architecture: 'arm64' },
    )
    expect(pulled).toEqual([at('sha256:arm64')])
    expect(found).toMatchObject({ artifact: { id: 'sha256:arm-config', origin: 'registry' } })
  })

  it('of another architecture stands when there is no other', async () => {
    const { found } = await find({ local: { [TAG]: makeLocalImage({ architecture: 'arm64' }) } })
    expect(found).toMatchObject({ artifact: { reference: TAG, origin: 'local' } })
  })
})

describe('an index in the containerd store', () => {
  const given = index('sha256:index', AMD64)
  const local = makeLocalImage({ id: 'sha256:index', index: given })

  it('stands for its child', async () => {
    const { found } = await find({ local: { [TAG]: local } })
    expect(found).toEqual({
      artifact: {
        reference: TAG,
        id: 'sha256:amd64',
        origin: 'local',
        repaired: { index: given, child: 'sha256:amd64' },
      },
    })
  })

  it('of which only another platform was pulled is looked up in its registry', async () => {
    const { found } = await find(
      {
        local: { [TAG]: local },
        manifests: {
          [at('sha256:index')]: index('sha256:index', AMD64, ARM64),
          [at('sha256:arm64')]: manifest('sha256:arm64'),
        },
        remote: { [at('sha256:arm64')]: makeLocalImage({ architecture: 'arm64' }) },
      },
      { architecture: 'arm64' },
    )
    expect(found).toMatchObject({ artifact: { reference: at('sha256:arm64'), origin: 'registry' } })
  })

  it('is refused when nobody has the platform', async () => {
    const { found } = await find({ local: { [TAG]: local } }, { architecture: 'arm64' })
    expect(found).toEqual({ refused: given })
  })
})

describe('pull: true', () => {
  const local = { [TAG]: makeLocalImage({ id: 'sha256:stale' }) }

  it('asks the registry first', async () => {
    const { found } = await find(
      {
        local,
        manifests: { [TAG]: manifest('sha256:new') },
        remote: { [at('sha256:new')]: makeLocalImage({ id: 'sha256:fresh' }) },
      },
      { pull: true },
    )
    expect(found).toMatchObject({ artifact: { id: 'sha256:fresh', origin: 'registry' } })
  })

  it('falls back to an image that no registry has', async () => {
    const { found } = await find({ local }, { pull: true })
    expect(found).toMatchObject({ artifact: { id: 'sha256:stale', origin: 'local' } })
  })

  it('does not fall back when the registry cannot be asked', async () => {
    const manifests = { [TAG]: 'dial tcp: i/o timeout' }
    await expect(find({ local, manifests }, { pull: true })).rejects.toMatchObject({ code: 'registry-error' })
  })
})
