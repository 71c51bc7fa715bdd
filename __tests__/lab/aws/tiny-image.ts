import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json'
const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'

export type Push = {
  /** Host and port of the registry. */
  readonly host: string
  readonly authorization: string
  readonly repository: string
  readonly reference: string
}

export type TinyImage = { readonly digest: string; readonly manifest: string; readonly mediaType: string }

/** Pushes the smallest image a registry accepts, each one different: a config and one empty layer. @returns its manifest */
export async function pushTinyImage(
  push: Push,
  options: { architecture?: string; layerMediaType?: string } = {},
): Promise<TinyImage> {
  const layer = gzipSync(Buffer.alloc(1024))
  const config = Buffer.from(
    JSON.stringify({
      architecture: options.architecture ?? 'amd64',
      os: 'linux',
      config: { Labels: { unique: randomBytes(8).toString('hex') } },
      rootfs: { type: 'layers', diff_ids: [sha256(Buffer.alloc(1024))] },
    }),
  )
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: OCI_CONFIG, digest: await pushBlob(push, config), size: config.length },
    layers: [
      { mediaType: options.layerMediaType ?? OCI_LAYER, digest: await pushBlob(push, layer), size: layer.length },
    ],
  })
  return pushManifest(push, manifest, OCI_MANIFEST)
}

/** Puts an image index with one child under the reference. */
export function pushIndexOf(push: Push, child: TinyImage): Promise<TinyImage> {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: [
      {
        mediaType: child.mediaType,
        digest: child.digest,
        size: child.manifest.length,
        platform: { architecture: 'amd64', os: 'linux' },
      },
    ],
  })
  return pushManifest(push, manifest, OCI_INDEX)
}

export class PushRefused extends Error {
  readonly status: number

  constructor(status: number, body: string) {
    super(body)
    this.status = status
  }
}

export async function pushManifest(push: Push, manifest: string, mediaType: string): Promise<TinyImage> {
  await request(push, `manifests/${push.reference}`, {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: manifest,
  })
  return { digest: sha256(Buffer.from(manifest)), manifest, mediaType }
}

export async function pushBlob(push: Push, bytes: Buffer): Promise<string> {
  const digest = sha256(bytes)
  const started = await request(push, 'blobs/uploads/', { method: 'POST' })
  const location = new URL(started.headers.get('location') ?? '', `http://${push.host}`)
  location.searchParams.set('digest', digest)
  const response = await fetch(location, {
    method: 'PUT',
    headers: { authorization: push.authorization },
    body: new Uint8Array(bytes),
  })
  if (!response.ok) throw new PushRefused(response.status, await response.text())
  return digest
}

async function request(push: Push, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`http://${push.host}/v2/${push.repository}/${path}`, {
    ...init,
    headers: { authorization: push.authorization, ...init.headers },
  })
  if (!response.ok) throw new PushRefused(response.status, await response.text())
  return response
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
