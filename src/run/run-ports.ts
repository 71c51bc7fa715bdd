import type { SetOutput } from '../outputs.ts'
import type { Clock } from '../ports/clock.ts'
import type { Comments } from '../ports/comments.ts'
import type { Containers } from '../ports/containers.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { Ecr } from '../ports/ecr.ts'
import type { EmulatorBinaries } from '../ports/emulator.ts'
import type { ContainerEngine, Engine, EngineProbe } from '../ports/engine.ts'
import type { EvidenceCache } from '../ports/evidence-cache.ts'
import type { Files } from '../ports/files.ts'
import type { FunctionInvocations } from '../ports/function-invocations.ts'
import type { ImageBuilder } from '../ports/image-builder.ts'
import type { ImageFiles } from '../ports/image-files.ts'
import type { Images } from '../ports/images.ts'
import type { Invocations } from '../ports/invocations.ts'
import type { LambdaApi } from '../ports/lambda-api.ts'
import type { LayerApi } from '../ports/layer-api.ts'
import type { LayerBuilder } from '../ports/layer-builder.ts'
import type { LayerFiles } from '../ports/layer-files.ts'
import type { LayerZipWriter } from '../ports/layer-zip-writer.ts'
import type { Log } from '../ports/log.ts'
import type { OciRegistry } from '../ports/oci-registry.ts'
import type { S3 } from '../ports/s3.ts'
import type { Sts } from '../ports/sts.ts'
import type { Summary } from '../ports/summary.ts'
import type { ZipSizes } from '../ports/zip-sizes.ts'

/** Everything outside of the action, as a run sees it. */
export type RunPorts = {
  readonly log: Log
  readonly clock: Clock
  readonly files: Files
  readonly layerFiles: LayerFiles
  readonly layerZipWriter: LayerZipWriter
  readonly summary: Summary
  readonly setOutput: SetOutput
  readonly engine: EngineProbe
  /** Docker's ports, once its engine was judged to run containers. */
  readonly containerPorts: (engine: ContainerEngine) => ContainerPorts
  /** Those of images too, once it was judged to build them. */
  readonly docker: (engine: Engine) => DockerPorts
  readonly aws: AwsPorts
  readonly zipSizes: ZipSizes
  readonly comments: (target: { token: string; pullRequest: number }) => Comments
  /** Removes what this run left in the engine; for runs that were cut short. Never rejects; `false`: something is left. */
  readonly removeLeftovers: () => Promise<boolean>
}

export type ContainerPorts = {
  readonly images: Images
  readonly imageFiles: ImageFiles
  readonly evidenceCache: EvidenceCache
  readonly containers: Containers
  readonly invocations: Invocations
  readonly emulators: EmulatorBinaries
  readonly layerBuilder: LayerBuilder
}

/** What buildx does is in these alone. */
export type DockerPorts = ContainerPorts & {
  readonly builder: ImageBuilder
  readonly registry: OciRegistry
}

/** Clients are made when their region is known. */
export type AwsPorts = {
  readonly credentials: Credentials
  readonly sts: (region: string) => Sts
  readonly ecr: (region: string) => Ecr
  readonly lambda: (region: string) => LambdaApi
  readonly functionInvocations: (region: string) => FunctionInvocations
  readonly layers: (region: string) => LayerApi
  readonly s3: (region: string) => S3
}

export type RunRequest = {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly runId: string
  /** Aborted with an ActionError `cancelled` when the run is to end. */
  readonly signal: AbortSignal
}
