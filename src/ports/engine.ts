/** What asking the Docker CLI told: facts only, judged by build/judge-engine.ts. */
export type EngineFacts = {
  /** Operating system of the runner, as Node names it (`linux`, `win32`, `darwin`). */
  readonly runner: string
  /** DOCKER_HOST when it is set: messages name it. */
  readonly dockerHost?: string
  /** Absent: the docker command could not be started. */
  readonly client?: ClientFacts
  /** Absent: no daemon answered, `problem` is what the CLI said. */
  readonly server?: ServerFacts
  /** First line of what the CLI said when it could not talk to a daemon. */
  readonly problem?: string
}

export type ClientFacts = {
  readonly version: string
  /** Docker context in use; `default` also stands for DOCKER_HOST. */
  readonly context: string
  /** `docker` answered as Podman. */
  readonly podman: boolean
  /** Version of the buildx plugin without `v`; absent when it is not installed or cannot be run. */
  readonly buildx?: string
}

export type ServerFacts = {
  readonly version: string
  /** Docker Engine API, e.g. `1.51`. */
  readonly apiVersion: string
  /** `linux` or `windows`: what its containers run on. */
  readonly os: string
  /** As Docker names it: `amd64`, `arm64`, … */
  readonly architecture: string
  readonly store: ImageStore
  readonly rootless: boolean
  /** Whether the kernel lets this engine limit memory, and swap along with it. */
  readonly limitsMemory: boolean
  readonly limitsSwap: boolean
  readonly podman: boolean
}

/** Where the engine keeps images: graph drivers, or containerd's content store (image id = digest of manifest or index). */
export type ImageStore = 'classic' | 'containerd'

/** An engine that was judged to run containers: what a layer needs. */
export type ContainerEngine = {
  readonly client: ClientFacts
  readonly server: ServerFacts
}

/** One that builds images and reads manifests as well. */
export type Engine = ContainerEngine & { readonly client: { readonly buildx: string } }

export interface EngineProbe {
  /** Never rejects: what is missing is missing in the facts. */
  facts(): Promise<EngineFacts>
}
