import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { removeImages } from '../../lab/engine/remove-images.ts'
import { buildTar } from '../builders/tar.ts'
import { OCI_INDEX, OCI_MANIFEST, type Push, pushBlob, pushManifest } from '../lab/aws/tiny-image.ts'

export type Child = { readonly digest: string; readonly size: number; readonly platform: string }

export type RegistryImages = AsyncDisposable & {
  /** Repository of these images alone, `host/name`. */
  readonly repository: string
  /** One image: the base with this `app.mjs` in a layer. Its configuration says `architecture`, whatever the base holds. */
  image(tag: string, source: string, architecture?: 'amd64' | 'arm64'): Promise<Child>
  /** An index of these images, each with the attestation that buildx would add. */
  index(tag: string, children: readonly Child[]): Promise<string>
}

type Manifest = {
  readonly config: { readonly digest: string }
  readonly layers: readonly { readonly digest: string; readonly size: number }[]
}
type Config = {
  readonly config: object
  readonly history: readonly object[]
  readonly rootfs: { readonly diff_ids: readonly string[] }
}

const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'
const ACCEPT = [OCI_MANIFEST, OCI_INDEX, 'application/vnd.docker.distribution.manifest.v2+json'].join(', ')

/**
 * Images that somebody else has put into an anonymous registry, made by its API alone: no engine has seen them, and their
 * bytes are such as no engine of the lab would make again. `base` is an image of the same registry.
 */
export async function registryImages(base: string): Promise<RegistryImages> {
  const [, host = '', from = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(base) ?? []
  const name = `dist-test/${randomBytes(4).toString('hex')}`
  const pushed = new Set<string>()
  const at = (reference: string): Push => ({ host, authorization: '', repository: name, reference })
  const read = (repository: string, path: string, init: RequestInit = {}) =>
    fetch(`http://${host}/v2/${repository}/${path}`, { ...init, headers: { accept: ACCEPT } })
  const baseManifest = (await (await read(from, `manifests/${tag}`)).json()) as Manifest
  const baseConfig = (await (await read(from, `blobs/${baseManifest.config.digest}`)).json()) as Config
  const put = async (reference: string, manifest: object, mediaType: string) => {
    const { digest, manifest: text } = await pushManifest(at(reference), JSON.stringify(manifest), mediaType)
    pushed.add(digest)
    return { digest, size: text.length }
  }
  return {
    repository: `${host}/${name}`,
    async image(reference, source, architecture = 'amd64') {
      const tar = buildTar([{ name: 'var/task/app.mjs', content: source }])
      const layer = gzipSync(tar, { level: 1 })
      const config = Buffer.from(
        JSON.stringify({
          ...baseConfig,
          architecture,
          config: { ...baseConfig.config, Cmd: ['app.handler'] },
          history: [...baseConfig.history, { created_by: 'by hand' }],
          rootfs: { type: 'layers', diff_ids: [...baseConfig.rootfs.diff_ids, sha256(tar)] },
        }),
      )
      await Promise.all(
        baseManifest.layers.map(({ digest }) =>
          read(name, `blobs/uploads/?mount=${digest}&from=${from}`, { method: 'POST' }),
        ),
      )
      const layers = [
        ...baseManifest.layers.map(({ digest, size }) => ({ mediaType: OCI_LAYER, digest, size })),
        { mediaType: OCI_LAYER, digest: await pushBlob(at(reference), layer), size: layer.length },
      ]
      const digest = await pushBlob(at(reference), config)
      const made = await put(
        reference,
        {
          schemaVersion: 2,
          mediaType: OCI_MANIFEST,
          config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: config.length },
          layers,
        },
        OCI_MANIFEST,
      )
      return { ...made, platform: `linux/${architecture}` }
    },
    async index(reference, children) {
      const attestations: object[] = []
      // One after the other: the registry may refuse a blob that is uploaded twice at once.
      for (const child of children) {
        attestations.push(await attestation(child, at(`${reference}-attestation-${attestations.length}`), put))
      }
      const described = children.map(({ digest, size, platform }) => {
        const [os, architecture] = platform.split('/')
        return { mediaType: OCI_MANIFEST, digest, size, platform: { os, architecture } }
      })
      const manifests = [...described, ...attestations]
      return (await put(reference, { schemaVersion: 2, mediaType: OCI_INDEX, manifests }, OCI_INDEX)).digest
    },
    async [Symbol.asyncDispose]() {
      await deleteManifests(`${host}/${name}`, [...pushed])
      await removeImages(`${host}/${name}`)
    },
  }
}

/** Removes manifests and their tags from an anonymous registry. */
export async function deleteManifests(repository: string, digests: readonly string[]): Promise<void> {
  const [, host = '', name = ''] = /^([^/]+)\/(.+)$/.exec(repository) ?? []
  for (const digest of digests) await fetch(`http://${host}/v2/${name}/manifests/${digest}`, { method: 'DELETE' })
}

/** What buildx adds beside an image: a manifest for no platform that points to it. */
async function attestation(
  subject: Child,
  at: Push,
  put: (reference: string, manifest: object, mediaType: string) => Promise<{ digest: string; size: number }>,
): Promise<object> {
  const config = Buffer.from(JSON.stringify({ architecture: 'unknown', os: 'unknown', about: subject.digest }))
  const statement = Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', subject: [] }))
  const made = await put(
    at.reference,
    {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: await pushBlob(at, config),
        size: config.length,
      },
      layers: [
        {
          mediaType: 'application/vnd.in-toto+json',
          digest: await pushBlob(at, statement),
          size: statement.length,
        },
      ],
    },
    OCI_MANIFEST,
  )
  return {
    mediaType: OCI_MANIFEST,
    ...made,
    annotations: {
      'vnd.docker.reference.digest': subject.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
    platform: { architecture: 'unknown', os: 'unknown' },
  }
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
