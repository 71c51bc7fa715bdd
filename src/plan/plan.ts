import type { BaselinePlan } from '../baseline/baseline.ts'
import type { Level } from '../checks/check.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { FailOn, PlanTable } from '../report/report.ts'
import type {
  BuildImage,
  BuildSource,
  LayerBuildSource,
  LayerPathSource,
  NamedImage,
  ReferenceSource,
  RuntimeImage,
  UnavailableSource,
} from './sources.ts'
import type { AttachPlan, DeployPlan, LayerPublishPlan, PublishPlan } from './writes.ts'

export type * from './sources.ts'
export type * from './writes.ts'

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
  /** The file that keeps others out of its build context, where there is one. */
  readonly ignoreFile?: IgnoreFile
  /** What the function starts in place of the image's own settings, as its template says. */
  readonly imageConfig?: ImageConfig
  /** Platform that the template's own build would have (`linux/arm64`), where it states one. */
  readonly buildPlatform?: string
  readonly smoke: SmokePlan | Skipped
  readonly publish: PublishPlan | Skipped
  readonly deploy: DeployPlan | Skipped
  readonly verify: VerifyPlan | Skipped
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
  readonly verify: VerifyPlan | Skipped
}

/** `.dockerignore`, and its path as people would write it. */
export type IgnoreFile = { readonly path: string; readonly text: string }

/** A runtime that mounts the layer at /opt. */
export type LayerRuntime = { readonly runtime: Runtime; readonly image: NamedImage }

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

/** A stage that will not run, and the reason as the report says it. */
export type Skipped = { readonly skipped: string }
/** `remedy`: nobody asked for that, so the log says what can be done. */
export type NoComment = Skipped & { readonly remedy?: string }

export type CheckPlan = { readonly failOn: FailOn; readonly ignore: readonly IgnoreRule[] }
export type IgnoreRule = { readonly rule: string; readonly glob?: string; readonly reason: string }

export type SmokePlan = {
  readonly cases: readonly SmokeCasePlan[]
  /** Replaces the image's CMD. */
  readonly handler?: string
  readonly environment: Readonly<Record<string, string>>
  /** MB (MiB), enforced on the container. */
  readonly memorySize: number
  /** Nobody says how much memory a function has: it is what Lambda gives then. */
  readonly defaultsMemory?: true
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

/** What the deployed function is invoked with. */
export type VerifyPlan = {
  readonly cases: readonly SmokeCasePlan[]
  /** Cases that only the local run can set up. */
  readonly left: readonly { readonly name: string; readonly reason: string }[]
  /** Of the local run: values that are never shown. */
  readonly environment: Readonly<Record<string, string>>
}

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
