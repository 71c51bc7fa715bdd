import { createHash } from 'node:crypto'

/** Credentials and address of the OCI registry behind the stand-in. The password is asked for at each use: it may rotate. */
export type Upstream = { readonly host: string; readonly user: string; readonly password: () => string }

/** The part of the registry that holds one stand-in's repositories: each stand-in begins empty, as an account does. */
export type Storage = Upstream & { readonly namespace: string }

export type StoredManifest = { readonly digest: string; readonly mediaType: string; readonly bytes: Buffer }

export const MANIFEST_MEDIA_TYPES = {
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
} as const

/** The few calls of the OCI distribution API that ECR's control plane needs. */
export type RegistryClient = {
  /** A manifest as stored, by tag or digest; `undefined` when there is none. */
  manifest(repository: string, reference: string): Promise<StoredManifest | undefined>
  /** `undefined` when accepted, else the registry's error text. */
  putManifest(repository: string, reference: string, mediaType: string, bytes: Buffer): Promise<string | undefined>
  blobJson(repository: string, digest: string): Promise<Record<string, unknown>>
  tags(repository: string): Promise<string[]>
}

export function registryClient(storage: Storage): RegistryClient {
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`http://${storage.host}/v2/${storage.namespace}/${path}`, {
      ...init,
      headers: { authorization: basic(storage.user, storage.password()), ...init.headers },
    })
  // The registry answers 500, not 404, to the digest of a blob that is no manifest (a configuration, say).
  const isBlob = async ({ status }: Response, repository: string, reference: string) =>
    status === 500 &&
    reference.startsWith('sha256:') &&
    (await request(`${repository}/blobs/${reference}`, { method: 'HEAD' })).ok
  return {
    async manifest(repository, reference) {
      const response = await request(`${repository}/manifests/${reference}`, {
        headers: { accept: Object.values(MANIFEST_MEDIA_TYPES).join(', ') },
      })
      if (response.status === 404 || (await isBlob(response, repository, reference))) return undefined
      const bytes = Buffer.from(await expectOk(response).arrayBuffer())
      return { digest: sha256(bytes), mediaType: response.headers.get('content-type') ?? '', bytes }
    },
    async putManifest(repository, reference, mediaType, bytes) {
      const response = await request(`${repository}/manifests/${reference}`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: new Uint8Array(bytes),
      })
      return response.ok ? undefined : await response.text()
    },
    async blobJson(repository, digest) {
      const response = await request(`${repository}/blobs/${digest}`)
      return (await expectOk(response).json()) as Record<string, unknown>
    },
    async tags(repository) {
      const response = await request(`${repository}/tags/list`)
      if (response.status === 404) return []
      const { tags } = (await expectOk(response).json()) as { tags: string[] | null }
      return tags ?? []
    },
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

export function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

function expectOk(response: Response): Response {
  if (response.ok) return response
  throw new Error(`The registry behind the stand-in answered ${response.status} to ${response.url}`)
}
