import type { ManifestFacts } from '../inspect/evidence.ts'
import type { Images } from './images.ts'

export type RegistryLogin = { readonly host: string; readonly user: string; readonly password: string }

/** Registries as the Docker CLI reaches them. Digests are `sha256:<64 hex digits>`. */
export interface OciRegistry {
  /**
   * The manifest or index that a reference names, read with the user's credentials.
   * Rejects with image-not-found, access-denied or registry-error (unreachable or any other answer).
   */
  manifest(reference: string): Promise<ManifestFacts>
  /** Reads with a login of its own instead of the user's. Rejects with access-denied or registry-error. */
  reader(login: RegistryLogin): Promise<RegistryReader>
  /** Logs in with a private Docker configuration that is removed on disposal. Rejects with access-denied or registry-error. */
  session(login: RegistryLogin): Promise<RegistrySession>
}

/** What a login opens for reading, until it is disposed of. */
export type RegistryReader = AsyncDisposable & {
  readonly images: Pick<Images, 'inspect' | 'pull'>
  readonly registry: Pick<OciRegistry, 'manifest'>
}

/**
 * Writes to the registry of its login. Every method rejects with one of access-denied (403, refused or expired login),
 * tag-immutable, repository-not-found, registry-error, cancelled.
 */
export interface RegistrySession extends AsyncDisposable {
  /**
   * Pushes exactly one image manifest: `local` as the engine knows it, to `target` (`host/repository:tag`), and returns
   * the digest the registry gave it. On the containerd store of an index only the child for `platform` is pushed.
   */
  push(local: string, target: string, options: { readonly platform: string }): Promise<string>
  /** Copies the manifest `source` (`host/repository@sha256:…`) byte for byte to `target`; returns its digest, which is the source's. */
  copy(source: string, target: string): Promise<string>
}
