import { basic, type RegistryClient, type Storage } from './registry-client.ts'

/** Upstream repository that remembers every layer, whichever stand-in it came to. */
const POOL = 'layer-pool'

/**
 * Spares engines the work of compressing and uploading the same base image for every new stand-in: a layer that the
 * storage has seen is there as soon as a push asks for it. Only speed depends on this, so a failure here is none of the push.
 */
export class LayerPool {
  readonly #storage: Storage
  readonly #registry: RegistryClient

  constructor(storage: Storage, registry: RegistryClient) {
    this.#storage = storage
    this.#registry = registry
  }

  /** Called when a push asks whether a repository has a layer: links the pool's, if there is one. */
  offer(repository: string, digest: string): Promise<void> {
    return this.#offer(repository, digest).catch(() => undefined)
  }

  /** Called when a manifest has arrived: links its layers into the pool. */
  keep(repository: string, reference: string): Promise<void> {
    return this.#keep(repository, reference).catch(() => undefined)
  }

  async #offer(repository: string, digest: string): Promise<void> {
    const known = await this.#request('HEAD', `${POOL}/blobs/${digest}`)
    if (known.ok) await this.#mount(digest, POOL, `${this.#storage.namespace}/${repository}`)
  }

  async #keep(repository: string, reference: string): Promise<void> {
    const manifest = await this.#registry.manifest(repository, reference)
    const { layers = [] } = JSON.parse(manifest?.bytes.toString('utf8') ?? '{}') as { layers?: { digest: string }[] }
    for (const { digest } of layers) await this.#mount(digest, `${this.#storage.namespace}/${repository}`, POOL)
  }

  #mount(digest: string, from: string, to: string): Promise<Response> {
    return this.#request('POST', `${to}/blobs/uploads/?mount=${digest}&from=${encodeURIComponent(from)}`)
  }

  #request(method: string, path: string): Promise<Response> {
    const { host, user, password } = this.#storage
    return fetch(`http://${host}/v2/${path}`, { method, headers: { authorization: basic(user, password()) } })
  }
}
