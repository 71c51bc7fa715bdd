import type { Finding, Level, NotChecked } from '../checks/check.ts'
import type { FailureCode } from '../errors.ts'
import type { OsRelease } from '../inspect/evidence.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { Deployment, Publication } from './published.ts'

export type * from './published.ts'

/** report.json, schema 1 (contract: report). Additive changes only within a schema number. */
export type Report = {
  readonly schema: 1
  readonly version: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly verdict: Verdict
  readonly subject: ReportSubject
  readonly environments: {
    readonly build?: Environment
    readonly runtime?: Environment
    readonly artifact?: Environment
  }
  readonly plan: PlanTable
  readonly findings: readonly ReportedFinding[]
  readonly notChecked: readonly NotChecked[]
  readonly smoke: SmokeReport
  readonly stages: readonly Outcome[]
  readonly publication?: Publication
  readonly deployment?: Deployment
  readonly failure?: Failure
  /** Present when `baseline` was given. */
  readonly baseline?: ReportedBaseline
}

export type Verdict = 'passed' | 'warned' | 'failed'

export type ReportSubject = {
  readonly kind: 'image' | 'layer'
  readonly name: string
  readonly reference?: string
  readonly digest?: string
  readonly mediaType?: string
  readonly architecture: Architecture
  readonly platform: string
  readonly runtime?: string
  /** Of a layer for several runtimes: each that it was judged against, `runtime` first. */
  readonly runtimes?: readonly JudgedRuntime[]
  readonly bytes?: Sizes
  /** Where most of the uncompressed bytes lie, largest first. */
  readonly largestFolders?: readonly FolderBytes[]
}

export type Sizes = { readonly compressed?: number; readonly uncompressed: number }
export type FolderBytes = { readonly path: string; readonly bytes: number }

/** What the findings and sizes are compared with. */
export type ReportedBaseline = {
  readonly source: 'report' | 'image' | 'deployed'
  /** Path of the report, or reference of the image. */
  readonly reference: string
  /** Why there was nothing to compare with; the members below are absent then. */
  readonly unread?: string
  /** Of an earlier report: `subject.name`, `version` and `createdAt` of its run. */
  readonly name?: string
  readonly version?: string
  readonly createdAt?: string
  readonly digest?: string
  readonly bytes?: Sizes
  readonly largestFolders?: readonly FolderBytes[]
}

/** `table`: its image was not read. */
export type JudgedRuntime = {
  readonly runtime: string
  readonly reference: string
  readonly source: Environment['source']
}

/** One column of the build | runtime | artifact table. */
export type Environment = {
  readonly reference: string
  readonly digest?: string
  readonly os?: OsRelease
  readonly libc?: { readonly family: string; readonly version: string }
  readonly tools: Readonly<Record<string, string>>
  /** Name of the Dockerfile's stage that was read, `reference` being the image that it starts from. */
  readonly stage?: string
  readonly source: 'scanned' | 'table'
}

export type PlanSource = 'input' | 'template' | 'function' | 'default'
export type PlanValue = boolean | number | string | readonly string[] | Readonly<Record<string, unknown>>
/** Every resolved input by its name in the contract, and where its value came from. */
export type PlanTable = Readonly<Record<string, { readonly value: PlanValue; readonly source: PlanSource }>>

/** `ignored` is the reason, never empty. */
export type ReportedFinding = Finding & {
  readonly status?: 'new' | 'fixed' | 'unchanged'
  readonly ignored?: string
  /** Of a failed smoke case: `<rule> <subject>` of the findings that had predicted it. */
  readonly predictedBy?: readonly string[]
  /** Smoke cases that failed on what was found; empty: the smoke ran and none failed on it. Absent: it cannot tell. */
  readonly confirmedBy?: readonly string[]
  /** Smoke cases that passed although all of them were said to fail: what was an error is a warning then. */
  readonly refutedBy?: readonly string[]
}

export type SmokeStatus = 'passed' | 'failed' | 'skipped'

export type Constraint = { readonly value: string; readonly enforced: boolean }

export type SmokeReport = {
  readonly status: SmokeStatus
  /** Why it was skipped, or what the failures have in common. */
  readonly reason?: string
  /** memory-size, timeout, ephemeral-storage, read-only-root, user, network, capabilities. */
  readonly constraints: Readonly<Record<string, Constraint>>
  readonly cases: readonly SmokeCase[]
}

export type SmokeCase = {
  readonly name: string
  readonly status: SmokeStatus
  /** Wall milliseconds of the invocation as seen by the caller, init included. */
  readonly millis: number
  readonly initMillis?: number
  /** MB that it ran with, as it had died of the `memory-size` that nobody had stated. */
  readonly memorySize?: number
  readonly response?: unknown
  readonly error?: { readonly type: string; readonly message: string }
  readonly logTail?: string
}

/** In this order (contract: report). */
export const STAGES = [
  'plan',
  'build',
  'inspect',
  'check',
  'smoke',
  'publish',
  'deploy',
  'wait',
  'verify',
  'report',
] as const
export type StageName = (typeof STAGES)[number]

export type Outcome = {
  readonly name: StageName
  readonly status: 'passed' | 'failed' | 'skipped'
  readonly seconds: number
  readonly detail: string
}

export type Failure = {
  readonly stage: StageName
  readonly code: FailureCode
  readonly message: string
  readonly help: string
}

export type FailOn = Exclude<Level, 'note'> | 'never'
