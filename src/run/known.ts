import type { Artifact } from '../artifact.ts'
import type { NotChecked, RuntimeFacts, Subject } from '../checks/check.ts'
import { folderBytes } from '../checks/size/largest-folders.ts'
import type { Context } from '../context.ts'
import { readContext } from '../context.ts'
import { type Inputs, type InputsRead, readInputs, secretValues } from '../inputs/read-inputs.ts'
import { buildEnvironment, environment, type ReportedBuild } from '../inspect/environment.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { architectureRow } from '../lambda/architecture.ts'
import type { Plan } from '../plan/plan.ts'
import { partialPlanTable } from '../plan/table.ts'
import { subjectName } from '../plan/values.ts'
import { buildReport } from '../report/build-report.ts'
import type {
  Deployment,
  Failure,
  Outcome,
  Publication,
  Report,
  ReportedBaseline,
  ReportedFinding,
  ReportSubject,
  SmokeReport,
} from '../report/report.ts'
import type { ParityStatus } from '../report/verdict.ts'
import { VERSION } from '../version.ts'
import { conceal } from './conceal.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'

/** What a run knows so far. Stages fill it in; the report is made of it whenever the run ends. */
export type Known = {
  /** With those of the template, once that was read. */
  read: InputsRead
  readonly context: Context
  plan?: Plan
  /** The engine was found usable, so something of this run may be in it. */
  engineUsed?: true
  artifact?: Artifact
  /** What was read, and what stands for its runtime; of a layer one for each compatible runtime. */
  inspection?: {
    readonly artifact: Evidence
    readonly runtimes: readonly RuntimeFacts[]
    readonly build?: ReportedBuild
  }
  /** What the rules were asked about. */
  subject?: Subject
  findings: readonly ReportedFinding[]
  notChecked: readonly NotChecked[]
  /** Set once the checks have run to their end. */
  parityStatus?: ParityStatus
  /** Absent: the run did not come to it. */
  smoke?: SmokeReport
  /** What the findings were compared with. */
  baseline?: ReportedBaseline
  publication?: Publication
  deployment?: Deployment
}

/** Inputs and context, before anything can fail; secrets are masked before anything is logged. */
export async function beginKnown(request: RunRequest, { files, log }: Pick<RunPorts, 'files' | 'log'>): Promise<Known> {
  const context = await readContext(request.environment, (path) => files.readText(path))
  const read = readInputs(request.environment)
  for (const secret of secretValues(read.inputs)) log.mask(secret)
  return { read, context, findings: [], notChecked: [] }
}

/** The report as far as things are known. */
export function reportOf(known: Known, stages: readonly Outcome[], failure: Failure | undefined, now: number): Report {
  const { publication, deployment, baseline } = known
  const record = {
    version: VERSION,
    createdAt: new Date(now).toISOString(),
    subject: subject(known),
    environments: environmentsOf(known),
    plan: known.plan?.table ?? partialPlanTable(known.read, known.context),
    findings: known.findings,
    notChecked: known.notChecked,
    smoke: known.smoke ?? { status: 'skipped', reason: notReached(failure), constraints: {}, cases: [] },
    stages,
    ...(publication === undefined ? {} : { publication }),
    ...(deployment === undefined ? {} : { deployment }),
    ...(failure === undefined ? {} : { failure }),
    ...(baseline === undefined ? {} : { baseline }),
  }
  return buildReport(conceal(record, known.read.template?.read.secrets ?? []))
}

/** A layer has no system of its own. */
export function environmentsOf({ inspection, artifact }: Known): Report['environments'] {
  const runtime = inspection?.runtimes[0]?.environment
  const build = buildEnvironment(inspection?.build ?? {})
  return {
    ...(build === undefined ? {} : { build }),
    ...(runtime === undefined ? {} : { runtime }),
    ...(inspection === undefined || artifact?.kind === 'layer' ? {} : { artifact: environment(inspection.artifact) }),
  }
}

function notReached(failure: Failure | undefined): string {
  return failure?.stage === 'smoke' ? failure.message : `the run ended at ${failure?.stage ?? 'plan'}`
}

function subject({ read, context, plan, artifact, inspection, publication }: Known): ReportSubject {
  const inputs: Inputs = read.inputs
  const architecture = plan?.architecture ?? inputs.architecture ?? 'x86_64'
  const runtime = plan?.runtime?.id ?? inputs.runtime?.id ?? inspection?.runtimes[0]?.runtime?.id
  const manifest = artifact?.kind === 'image' ? artifact.image.source : undefined
  const reference = publication === undefined ? referenceOf(artifact) : publishedAs(publication)
  const digest = publication?.digest ?? manifest?.digest
  const mediaType = publication?.mediaType ?? manifest?.mediaType
  return {
    kind: plan?.kind ?? inputs.kind ?? 'image',
    name: plan?.name ?? subjectName(inputs, context, read.template?.read.resource),
    architecture,
    platform: architectureRow(architecture).platform,
    ...(reference === undefined ? {} : { reference }),
    ...(digest === undefined ? {} : { digest }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(runtime === undefined ? {} : { runtime }),
    ...judgedRuntimes(inspection?.runtimes ?? []),
    ...(inspection === undefined
      ? {}
      : { bytes: inspection.artifact.bytes, largestFolders: folderBytes(inspection.artifact) }),
  }
}

function judgedRuntimes(runtimes: readonly RuntimeFacts[]): Pick<ReportSubject, 'runtimes'> {
  if (runtimes.length < 2) return {}
  return {
    runtimes: runtimes.map(({ runtime, reference, environment: { source } }) => ({
      runtime: runtime?.id ?? reference,
      reference,
      source,
    })),
  }
}

function publishedAs(publication: Publication): string {
  return publication.layerVersionArn ?? `${publication.repositoryUri}@${publication.digest}`
}

function referenceOf(artifact: Artifact | undefined): string | undefined {
  return artifact?.kind === 'layer' ? artifact.path : artifact?.image.reference
}
