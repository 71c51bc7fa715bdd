import type { ContainerBuild } from '../ports/layer-builder.ts'
import type { LayerManifest } from '../resolve/layer-manifest.ts'

/** A folder laid out as under /opt, or a finished zip; relative to the working directory. */
export type LayerPathSource = { readonly from: 'path'; readonly path: string }

/** A folder, relative to the working directory, and what is run in `buildImage` to make the layer of it. */
export type LayerBuildSource = {
  readonly from: 'source'
  readonly path: string
  /** `requirements.txt with pip`, or `build-command`. */
  readonly how: string
  /** By a tool that we know, from a manifest. */
  readonly installs: boolean
  /** What findings are located in. */
  readonly manifest?: LayerManifest
  readonly container: Pick<ContainerBuild, 'script' | 'arguments' | 'without' | 'caBundle'>
}

/** docker/build-push-action's options, already valid. Paths as given, relative to the working directory. */
export type BuildSource = {
  readonly from: 'build'
  readonly context: string
  readonly file: string
  readonly target?: string
  readonly buildArgs: Readonly<Record<string, string>>
  /** Values that nobody may read, wherever they stand in `buildArgs`: kept out of argv and of what is shown. */
  readonly concealed?: readonly string[]
  readonly buildContexts: readonly string[]
  /** `id=value` lines: values never leave this field except through the environment of the build process. */
  readonly secrets: readonly BuildSecret[]
  readonly ssh: readonly string[]
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
  readonly labels: readonly string[]
  readonly pull: boolean
  readonly noCache: boolean
  readonly network?: string
  readonly builder?: string
  /** Tag of the image in the local engine; absent: one that is made up for the run. */
  readonly localTag?: string
}

/** From `value` (kept out of argv and files), from a file, or from an environment variable of the runner. */
export type BuildSecret = { readonly id: string } & (
  | { readonly value: string }
  | { readonly file: string }
  | { readonly environmentVariable: string }
)

/** Nothing can be read before the stack is deployed: the image comes from a repository of the same template. */
export type UnavailableSource = { readonly from: 'unavailable'; readonly reason: string }

export type ReferenceSource = { readonly from: 'reference'; readonly image: string; readonly pull: boolean }

/**
 * `given`: by input, must be readable. `derived`: from the runtime row, or a FROM that names an AWS base. `recognise`:
 * look at the artifact, and when it shows no AWS base take `base`, the final stage's FROM as far as the Dockerfile tells.
 */
export type RuntimeImage = NamedImage | { readonly from: 'recognise'; readonly base?: string }
export type NamedImage =
  | { readonly from: 'given'; readonly reference: string }
  | { readonly from: 'derived'; readonly reference: string; readonly because: string }

/** `given`: by input. `stage`: read from the Dockerfile; `name` can be built alone, else `base` stands for it. */
export type BuildImage =
  | { readonly from: 'given'; readonly reference: string }
  | { readonly from: 'stage'; readonly name?: string; readonly base?: string; readonly line: number }
