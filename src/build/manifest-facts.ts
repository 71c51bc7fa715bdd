import { createHash } from 'node:crypto'
import { ActionError } from '../errors.ts'
import { byDigest } from '../image-reference.ts'
import type { ManifestChild, ManifestFacts } from '../inspect/evidence.ts'

/** OCI image-spec and Docker image manifest v2 schema 2. */
export const MEDIA_TYPES = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const

type Descriptor = { readonly mediaType?: string; readonly digest?: string; readonly size?: number }
type IndexEntry = Descriptor & {
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string }
  readonly annotations?: Readonly<Record<string, string>>
}
type Document = {
  readonly mediaType?: string
  readonly manifests?: readonly IndexEntry[]
  readonly layers?: readonly Descriptor[]
  readonly config?: Descriptor
}

/** Facts of a manifest or index from the very bytes its registry serves; `reference` becomes pinned to their digest. */
export function manifestFacts(reference: string, bytes: Uint8Array): ManifestFacts {
  const document = parse(reference, bytes)
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const common = { reference: byDigest(reference, digest), digest, mediaType: mediaType(document) }
  if (document.manifests !== undefined) return { ...common, children: document.manifests.map(manifestChild) }
  return {
    ...common,
    layers: (document.layers ?? []).map((layer) => ({
      digest: layer.digest ?? '',
      mediaType: layer.mediaType ?? '',
      size: layer.size ?? 0,
    })),
    ...(document.config?.digest === undefined ? {} : { configDigest: document.config.digest }),
  }
}

/** `os/architecture[/variant]`, or `unknown/unknown` where an entry names no platform. */
function platformOf(platform: IndexEntry['platform']): string {
  const { os = 'unknown', architecture = 'unknown', variant } = platform ?? {}
  return [os, architecture, ...(variant ? [variant] : [])].join('/')
}

function manifestChild(entry: IndexEntry): ManifestChild {
  return {
    digest: entry.digest ?? '',
    mediaType: entry.mediaType ?? '',
    platform: platformOf(entry.platform),
    attestation: entry.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest',
  }
}

/** OCI lets a document leave its media type out: its members then tell what it is. */
function mediaType(document: Document): string {
  return document.mediaType ?? (document.manifests === undefined ? MEDIA_TYPES.ociManifest : MEDIA_TYPES.ociIndex)
}

function parse(reference: string, bytes: Uint8Array): Document {
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (typeof document === 'object' && document !== null) return document
  } catch (cause) {
    throw notJson(reference, cause)
  }
  throw notJson(reference, undefined)
}

function notJson(reference: string, cause: unknown): ActionError {
  return new ActionError('registry-error', `The registry's answer for ${reference} is not a manifest.`, {
    help: 'Check that the reference names a container image and that no proxy answers in the registry’s place.',
    cause,
  })
}
