import type { BaselinePlan } from '../baseline/baseline.ts'
import type { Level } from '../checks/check.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { ContainerBuild } from '../ports/layer-builder.ts'
import type { FailOn, PlanTable } from '../report/report.ts'
import type { LayerManifest } from '../resolve/layer-manifest.ts'

/** What a run will do and will not do, decided before anything runs. Pure data: made by make-plan.ts, printed by lines.ts. */
export type Plan = ImagePlan | LayerPlan

export type ImagePlan = CommonPlan & {
  readonly kind: 'image'
  /** Absent: no managed runtime is known (own base + runtime interface client). */
  readonly runtime?: Runtime
  readonly source: BuildSource | ReferenceSource | UnavailableSource
  /** The environment that fills the comparison's runtime column. */
  readonly runtimeImage: RuntimeImage
  /** The environment that fills the comparison's build column; absent: the code was compiled in the image, or nobody knows where. */
  readonly buildImage?: BuildImage
  /** FROM of the final stage as its Dockerfile tells it, variables replaced; `line` counts from 1. */
  readonly base?: { readonly reference: string; readonly line: number }
  /** Text of the Dockerfile that is built, to name the line that brought a file in; absent: nothing is built. */
  readonly dockerfile?: string
  /** What the function starts in place of the image's own settings, as its template says. */
  readonly imageConfig?: ImageConfig
  /** Platform that the template's own build would have (`linux/arm64`), where it states one. */
  readonly buildPlatform?: string
  readonly smoke: SmokePlan | Skipped
  readonly publish: PublishPlan | Skipped
  readonly deploy: DeployPlan | Skipped
}

export type LayerPlan = CommonPlan & {
  readonly kind: 'layer'
  /** The first of those that are checked. */
  readonly runtime: Runtime
  readonly source: LayerPathSource | LayerBuildSource
  /** Every compatible runtime, `runtime` first, with the image that stands for it. */
  readonly runtimes: readonly LayerRuntime[]
  /** Where its code was compiled: given, else the image in which SAM builds for the runtime. */
  readonly buildImage: NamedImage
  readonly smoke: SmokePlan | Skipped
  readonly publish: LayerPublishPlan | Skipped
  readonly deploy: AttachPlan | Skipped
}

/** A runtime that mounts the layer at /opt. */
export type LayerRuntime = { readonly runtime: Runtime; readonly image: NamedImage }

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

type CommonPlan = {
  /** report.json's `subject.name`. */
  readonly name: string
  readonly architecture: Architecture
  readonly check: CheckPlan
  /** What the findings and sizes are compared with; absent: `baseline` is not given. */
  readonly baseline?: BaselinePlan
  readonly dryRun: boolean
  readonly report: ReportPlan
  /** `plan` of report.json. */
  readonly table: PlanTable
  /** Said in the log and in the report, e.g. an input that has no effect. */
  readonly warnings: readonly string[]
}

/** `given`: by input. `stage`: read from the Dockerfile; `name` can be built alone, else `base` stands for it. */
export type BuildImage =
  | { readonly from: 'given'; readonly reference: string }
  | { readonly from: 'stage'; readonly name?: string; readonly base?: string; readonly line: number }

/** A stage that will not run, and the reason as the report says it. */
export type Skipped = { readonly skipped: string }
/** `remedy`: nobody asked for that, so the log says what can be done. */
export type NoComment = Skipped & { readonly remedy?: string }

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

export type CheckPlan = { readonly failOn: FailOn; readonly ignore: readonly IgnoreRule[] }
export type IgnoreRule = { readonly rule: string; readonly glob?: string; readonly reason: string }

export type SmokePlan = {
  readonly cases: readonly SmokeCasePlan[]
  /** Replaces the image's CMD. */
  readonly handler?: string
  readonly environment: Readonly<Record<string, string>>
  /** MB (MiB), enforced on the container. */
  readonly memorySize: number
  /** Seconds per invocation, for cases that state none. */
  readonly timeout: number
  /** MB (MiB) of /tmp. */
  readonly ephemeralStorage: number
  readonly network: 'none' | 'bridge'
  readonly riePath?: string
  /** In place of the image's WORKDIR. */
  readonly workingDirectory?: string
  /** Its template states no Timeout, so that Lambda gives the function 3 seconds whatever is granted here. */
  readonly defaultsTimeout?: true
}

/** What a function starts in place of the image's own settings; absent members leave the image's as they are. */
export type ImageConfig = {
  readonly command?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly workingDirectory?: string
}

export type SmokeCasePlan = {
  readonly name: string
  readonly event: unknown
  /** Subset that the answer must contain. */
  readonly expect?: unknown
  /** An errorType, or an object matched against the error JSON. */
  readonly expectError?: string | Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string>>
  /** Seconds. */
  readonly timeout: number
}

export type PublishPlan = {
  readonly repository: string
  readonly region: string
  /** Account that owns the repository; absent: the caller's. */
  readonly registryId?: string
  readonly createRepository: boolean
  readonly tags: readonly string[]
  /** 12-digit accounts. */
  readonly shareWith: readonly string[]
}

export type DeployPlan = {
  readonly functionName: string
  readonly region: string
  /** `create` when the function does not exist and `role` was given. */
  readonly action: 'update' | 'create'
  readonly role?: string
  /** Settings that were given as inputs: sent when the function is created, never to one that exists. MB, seconds, MB. */
  readonly creation?: { readonly memorySize?: number; readonly timeout?: number; readonly ephemeralStorage?: number }
  readonly publishVersion: boolean
  readonly alias?: string
  /** Seconds. */
  readonly waitTimeout: number
}

export type LayerPublishPlan = {
  /** Name, or ARN without a version. */
  readonly layerName: string
  readonly region: string
  /** The caller's account, when STS told. */
  readonly account?: string
  /** Without the mark of the content; empty: none. */
  readonly description: string
  readonly licenseInfo?: string
  readonly runtimes: readonly string[]
  readonly architectures: readonly Architecture[]
  /** Way of a zip that is too large for a request. */
  readonly bucket?: string
  readonly prefix?: string
  /** Accounts of 12 digits, `org:o-…`, `*`. */
  readonly shareWith: readonly string[]
  /** Seconds. */
  readonly waitTimeout: number
}

/** A function gets the layer version. */
export type AttachPlan = Pick<DeployPlan, 'functionName' | 'region' | 'publishVersion' | 'alias' | 'waitTimeout'>

export type ReportPlan = {
  readonly directory: string
  readonly comment: CommentPlan | NoComment
}

export type CommentPlan = { readonly key: string; readonly pullRequest: number; readonly token: string }

/** Narrows a stage plan to the one that will run. */
export function isSkipped<T extends object>(stage: T | Skipped): stage is Skipped {
  return 'skipped' in stage
}

/** Orders levels for `fail-on`. */
export const LEVEL_RANK: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }
