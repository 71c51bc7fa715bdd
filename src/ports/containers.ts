import type { Architecture } from '../lambda/architecture.ts'

/** The container engine as the smoke sees it. All that is made here carries the run's label and is gone with the run. */
export interface Containers {
  readonly engine: Engine
  /** Content of one regular file of a local image, read without starting anything; `undefined` when it is not there. */
  readImageFile(image: string, path: string): Promise<Uint8Array | undefined>
  /** A volume that holds one executable file, in a folder or not. `through` is any local image: a container of it, never started, takes the copy. */
  createVolume(through: string, file: { readonly name: string; readonly content: Uint8Array }): Promise<Volume>
  /** The same of what unpacking a layer's zip leaves. */
  createLayerVolume(through: string, zip: string): Promise<Volume>
  /** The same of a folder, without those of its folders that have these names. */
  createFolderVolume(through: string, folder: string, without: readonly string[]): Promise<Volume>
  /** A network of its own without a route out, made for this run. */
  createInternalNetwork(): Promise<Network>
  /** Starts a container in the background. One that the engine refuses to start is returned with its `startFailure`. */
  start(spec: ContainerSpec): Promise<Container>
}

export type Engine = {
  readonly version: string
  /** `undefined` for an architecture that Lambda does not have. */
  readonly architecture: Architecture | undefined
  /** Whether the kernel lets this engine limit memory, and swap along with it. */
  readonly limitsMemory: boolean
  readonly limitsSwap: boolean
}

export interface Volume extends AsyncDisposable {
  readonly name: string
}

export interface Network extends AsyncDisposable {
  readonly name: string
}

/** A volume by name, read-only at a path. */
export type Mount = { readonly name: string; readonly path: string }

/** A container under Lambda's constraints: no root, no capabilities, read-only root, limited memory, a writable /tmp. */
export type ContainerSpec = {
  readonly image: string
  /** The image's own, as Docker names it: a local reference may stand for several (containerd store). */
  readonly platform: string
  readonly entrypoint: string
  /** Absent: the image's own. */
  readonly workingDirectory?: string
  readonly arguments: readonly string[]
  /** Values reach the engine by name, never through an argument list. */
  readonly environment: Readonly<Record<string, string>>
  /** Names that the image may set and the container must not have. */
  readonly withoutEnvironment: readonly string[]
  /** Name of a network, or `none`. */
  readonly network: string
  readonly mounts: readonly Mount[]
  /** MiB, swap included. */
  readonly memory: number
  /** MiB of /tmp. */
  readonly temporaryStorage: number
}

export interface Container extends AsyncDisposable {
  readonly id: string
  /** Why the engine did not start it, in the engine's words. */
  readonly startFailure?: string
  state(): Promise<ContainerState>
  /** What it has written so far; each stream is cut to its last 256 KiB. */
  logs(): Promise<ContainerLogs>
  /** How often the kernel killed a process of it for want of memory; `undefined` when the engine cannot tell. */
  outOfMemoryKills(): Promise<number | undefined>
}

export type ContainerState = {
  readonly running: boolean
  readonly exitCode: number
  /** Its address on its network, when this process can dial it: the engine is local and shares an interface with it. */
  readonly address?: string
}

export type ContainerLogs = { readonly stdout: string; readonly stderr: string }
