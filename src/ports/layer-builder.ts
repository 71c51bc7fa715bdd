import type { LocalImageName } from './image-files.ts'

/** Runs the build of a layer in a container. All that is made carries the run's label and is gone when the build has ended. */
export interface LayerBuilder {
  /**
   * Runs the script as the caller's user, with a network, and takes what it leaves in /out. Rejects with
   * docker-unavailable, or with the signal's reason when the run is cancelled; a build that failed is a value.
   */
  run(build: ContainerBuild): Promise<BuildEnd>
}

export type ContainerBuild = {
  /** In the local engine already. */
  readonly image: LocalImageName
  /** For /bin/sh; it finds `arguments` as `$1`, `$2`, … */
  readonly script: string
  readonly arguments: readonly string[]
  /** Values reach the engine by name, never through an argument list. */
  readonly environment: Readonly<Record<string, string>>
  /** Folder that the container has at /src, read-only. */
  readonly source: string
  /** Names of folders below it that are left out. */
  readonly without: readonly string[]
  /** One more folder that is left out where it lies below it: what this run writes is no source. */
  readonly leaveOut: string
  /** PEM file that the container has at CA_BUNDLE. */
  readonly caBundle?: string
  /** What the container finds again at /cache when a later build has the same key; where the engine shares no folders, nothing. */
  readonly cacheKey: string
  /** Every line of its output as it comes. */
  readonly onLine: (line: string) => void
}

/** Where a container finds the certificates of `caBundle`. */
export const CA_BUNDLE = '/lambda-parity/ca-bundle.pem'

export type BuildEnd =
  | { readonly built: BuiltFolder }
  /** `problem`: what the engine said when it could not start the container. */
  | { readonly exitCode: number; readonly problem?: string }

/** What lay in /out, owned by the caller. Gone once it is disposed of. */
export type BuiltFolder = AsyncDisposable & { readonly path: string }
