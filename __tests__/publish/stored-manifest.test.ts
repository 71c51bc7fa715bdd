import { expect, it } from 'vitest'
import { MEDIA_TYPES } from '../../src/build/manifest-facts.ts'
import { usableManifest } from '../../src/publish/stored-manifest.ts'
import { digestOf, makeStoredImage } from '../builders/aws.ts'

const URI = 'registry.example/get-customer'

it.each([
  ['application/vnd.docker.image.rootfs.diff.tar.gzip', MEDIA_TYPES.dockerManifest],
  ['application/vnd.oci.image.layer.v1.tar+gzip', MEDIA_TYPES.ociManifest],
])('accepts one manifest of %s layers', (layerType, mediaType) => {
  const image = { ...makeStoredImage({ layerType }), mediaType }
  expect(usableManifest(URI, image)).toMatchObject({ digest: image.digest, mediaType, configDigest: digestOf('c') })
})

it('refuses bytes that are not those of the digest', () => {
  const image = { ...makeStoredImage(), digest: digestOf('f') }
  expect(() => usableManifest(URI, image)).toThrow(expect.objectContaining({ code: 'registry-error' }))
})

it.each([
  'application/vnd.oci.image.layer.v1.tar+zstd',
  'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
  'application/vnd.in-toto+json',
])('refuses a layer of type %s and names it', (layerType) => {
  expect(() => usableManifest(URI, makeStoredImage({ layerType }))).toThrow(
    expect.objectContaining({
      code: 'manifest-unsupported',
      message: expect.stringContaining(`Layer ${digestOf('1')} of ${URI}@`),
    }),
  )
})

it.each([MEDIA_TYPES.ociIndex, MEDIA_TYPES.dockerManifest])(
  'refuses an index stored as %s and lists what is in it',
  (mediaType) => {
    const document = {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.ociIndex,
      manifests: [
        { mediaType: MEDIA_TYPES.ociManifest, digest: digestOf('1'), platform: { os: 'linux', architecture: 'amd64' } },
        {
          mediaType: MEDIA_TYPES.ociManifest,
          digest: digestOf('2'),
          platform: { os: 'unknown', architecture: 'unknown' },
        },
      ],
    }
    expect(() => usableManifest(URI, { ...makeStoredImage({ document }), mediaType })).toThrow(
      expect.objectContaining({
        code: 'manifest-unsupported',
        message: expect.stringContaining('linux/amd64, unknown/unknown'),
      }),
    )
  },
)
