import type { PinnedBase } from '../build/pinned-base.ts'
import type { Evidence } from '../inspect/evidence.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { Plan } from '../plan/plan.ts'
import type { RepositoryFacts } from '../publish/preflight/repository-facts.ts'
import type { Environment } from '../report/report.ts'
import type { GroundedFinding } from './grounds.ts'

/** SARIF's words. */
export type Level = 'error' | 'warning' | 'note'
/** `proven`: bytes and a scanned runtime image; `table`: bytes and a row of our tables; `heuristic`: never above warning. */
export type Confidence = 'proven' | 'table' | 'heuristic'

export type Finding = {
  readonly rule: string
  readonly level: Level
  readonly confidence: Confidence
  /** Absolute path in the running function when it is about a file, else the thing's name (`manifest`, `ENTRYPOINT`, `CMD`). */
  readonly subject: string
  /** Package as a purl without version (`pkg:npm/sharp`). */
  readonly owner?: string
  readonly message: string
  readonly expected?: string
  readonly actual?: string
  readonly help: string
  readonly count: number
  readonly examples: readonly string[]
  readonly bytes?: number
  /** What cannot be loaded for it, all of it as a layer's smoke names its cases (`import numpy`, `require sharp`): there it is refuted. */
  readonly breaks?: readonly string[]
  /** Of a layer for several runtimes those in which it holds; absent: in all. */
  readonly runtimes?: readonly string[]
  /** The line that brought the subject in, where that is known: of the Dockerfile or manifest as the run was given it, from 1. */
  readonly location?: { readonly file: string; readonly line: number }
  /** Never reported: the facts that rules add for each other (`GroundedFinding`) stay in the checks. */
  readonly grounds?: never
}

export type NotChecked = { readonly rule: string; readonly reason: string }

/** The system that will run the artifact: its scanned evidence, or only a row of the table. */
export type RuntimeFacts = {
  readonly reference: string
  readonly runtime?: Runtime
  readonly environment: Environment
  readonly evidence?: Evidence
}

export type Subject = {
  readonly artifact: Evidence
  readonly runtimes: readonly RuntimeFacts[]
  /** What compiled the artifact's code. */
  readonly build?: Evidence
  /** Name of the Dockerfile's stage that `build` is, and why it was not read when it is known but absent. */
  readonly buildStage?: { readonly name?: string; readonly unread?: string }
  readonly plan: Plan
  /** Absent: nothing was built, or its base is not pinned by digest beside a tag. */
  readonly pinnedBase?: PinnedBase
  /** Where an image is going to, or why it was not told; absent: nothing is published, or the repository is yet to be created. */
  readonly repository?: RepositoryFacts | { readonly unread: string }
  /** ISO date of the run, for rules about dates; they say `notChecked` without it. */
  readonly now?: string
}

/** One parity rule: pure, synchronous, never throws. A rule that lacks data says so in `notChecked` and is not counted as passed. */
export type Check = {
  readonly id: string
  readonly title: string
  appliesTo(plan: Plan): boolean
  run(subject: Subject): { readonly findings: readonly GroundedFinding[]; readonly notChecked?: string }
}
