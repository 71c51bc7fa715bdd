import type { Subject } from '../checks/check.ts'
import { gate } from '../checks/gate.ts'
import { applyIgnore } from '../checks/ignore.ts'
import { CHECKS } from '../checks/index.ts'
import { indexFinding } from '../checks/manifest-index.ts'
import { runChecks } from '../checks/run-checks.ts'
import { ActionError } from '../errors.ts'
import type { ReportedBuild } from '../inspect/environment.ts'
import { isSkipped, LEVEL_RANK, type Plan } from '../plan/plan.ts'
import { repositoryFacts } from '../publish/preflight/repository-facts.ts'
import type { ReportedFinding, SmokeReport } from '../report/report.ts'
import { count, parityStatus, standing } from '../report/verdict.ts'
import { defaultTimeoutNotes } from '../smoke/default-timeout.ts'
import { smokeFindings } from '../smoke/findings.ts'
import { memoryNotes } from '../smoke/layer/memory-notes.ts'
import { tiePredictions } from '../smoke/prediction.ts'
import { compareWithBaseline } from './compare-with-baseline.ts'
import type { ImageInHand, RefusedIndex } from './image-stages.ts'
import type { Known } from './known.ts'
import type { LayerInHand } from './layer-stages.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import { smokeArtifact } from './smoke-artifact.ts'
import { StageFailed, type StageRecorder, type StageResult } from './stage-recorder.ts'

/** What is checked: an image, an index that stands for none, or a layer. */
type InHand = ImageInHand | RefusedIndex | LayerInHand

/**
 * Stages `check` and `smoke`. The smoke runs also after errors of the checks: it confirms or refutes them. Only then
 * the gate closes on findings at or above `fail-on`.
 */
export async function checkStages(
  plan: Plan,
  subject: InHand,
  known: Known,
  request: RunRequest,
  stages: StageRecorder,
  ports: RunPorts,
): Promise<void> {
  await stages.run('check', 'Check', () => check(plan, subject, known, ports))
  sayParity(known, stages, ports)
  const reason = smokeSkipped(plan, subject)
  const invoked =
    reason === undefined && !('refused' in subject)
      ? await stages.run('smoke', 'Smoke', () => invoke(plan, subject, known, request, ports))
      : skipped(reason ?? '')
  known.smoke = invoked
  if (invoked.status === 'skipped') stages.skip('smoke', invoked.reason ?? '')
  ports.setOutput('smoke-status', invoked.status)
  // What the smoke refuted is an error no longer.
  sayParity(known, stages, ports)
  compareWithBaseline(plan, subject, known, ports)
  closeGate(plan, known, stages)
}

function sayParity(known: Known, stages: StageRecorder, ports: RunPorts): void {
  known.parityStatus = parityStatus(stages.outcomes(''), known.findings)
  ports.setOutput('parity-status', known.parityStatus)
}

async function check(
  plan: Plan,
  inHand: InHand,
  known: Known,
  { aws, clock, log }: RunPorts,
): Promise<StageResult<void>> {
  const now = new Date(clock.now()).toISOString()
  const repository = await targetOf(plan, aws)
  const result =
    'refused' in inHand
      ? refusedResult(plan, inHand)
      : judge({ ...subjectOf(plan, inHand, now), ...(repository && { repository }) }, known)
  for (const { rule, error } of result.defects) log.error(`The rule ${rule} failed to run: ${String(error)}`)
  known.findings = applyIgnore(result.findings, plan.check.ignore)
  known.notChecked = result.notChecked
  for (const finding of known.findings) log.info(findingLine(finding))
  for (const { rule, reason } of known.notChecked) log.info(`not checked: ${rule}: ${reason}`)
  return { value: undefined, detail: levels(known.findings) }
}

/** Where an image is going to. */
async function targetOf(plan: Plan, aws: RunPorts['aws']): Promise<Subject['repository']> {
  if (plan.kind !== 'image' || isSkipped(plan.publish)) return undefined
  return await repositoryFacts(plan.publish, aws.ecr(plan.publish.region))
}

function judge(subject: Subject, known: Known) {
  known.subject = subject
  return runChecks(subject)
}

function subjectOf(plan: Plan, inHand: ImageInHand | LayerInHand, now: string): Subject {
  if ('layer' in inHand) {
    const { layer, runtimes, build } = inHand
    return { artifact: layer, runtimes, ...compiled(build), plan, now }
  }
  const { artifact, runtime, build } = inHand.inspection
  const { pinnedBase } = inHand
  return { artifact, runtimes: [runtime], ...compiled(build), ...(pinnedBase && { pinnedBase }), plan, now }
}

function compiled(build: ReportedBuild | undefined): Pick<Subject, 'build' | 'buildStage'> {
  if (build === undefined) return {}
  const { evidence, stage, unread } = build
  const buildStage = { ...(stage === undefined ? {} : { name: stage }), ...(unread === undefined ? {} : { unread }) }
  return { ...(evidence === undefined ? {} : { build: evidence }), buildStage }
}

/** Of a refused index only that can be told; every other rule is not checked, and the report says so. */
function refusedResult(plan: Plan, { refused }: RefusedIndex) {
  const reason = 'the reference is an index, so there is no image to read'
  const others = CHECKS.filter((one) => one.id !== 'manifest-index' && one.appliesTo(plan))
  return {
    findings: [indexFinding(refused, plan.architecture)],
    notChecked: others.map(({ id }) => ({ rule: id, reason })),
    defects: [],
  }
}

function smokeSkipped({ smoke: planned }: Plan, subject: InHand): string | undefined {
  if (isSkipped(planned)) return planned.skipped
  return 'refused' in subject ? 'the reference is an index, so there is no image to invoke' : undefined
}

async function invoke(
  plan: Plan,
  subject: ImageInHand | LayerInHand,
  known: Known,
  request: RunRequest,
  ports: RunPorts,
): Promise<StageResult<SmokeReport>> {
  if (isSkipped(plan.smoke)) throw new Error('a smoke that is off was started')
  const report = await smokeArtifact(plan, subject, request, ports)
  const failed = applyIgnore(smokeFindings(report, plan.kind, known.subject), plan.check.ignore)
  const slow = plan.smoke.defaultsTimeout ? defaultTimeoutNotes(report) : []
  const notes = applyIgnore([...slow, ...memoryNotes(report)], plan.check.ignore)
  const runtimes = plan.kind === 'layer' ? plan.runtimes.map(({ runtime }) => runtime.id) : []
  // What failed the smoke stands after what explains it, and before what is no error.
  known.findings = [...tiePredictions(known.findings, failed, report, runtimes), ...notes].toSorted(
    (a, b) => LEVEL_RANK[b.level] - LEVEL_RANK[a.level],
  )
  const { status, reason, cases } = report
  return { value: report, detail: reason ?? `${status}: ${count(cases.length, 'case')}` }
}

/** Findings of the checks close the gate first: they say why, where the smoke only says that. */
function closeGate({ check: { failOn } }: Plan, known: Known, stages: StageRecorder): void {
  const stopping = gate(known.findings, failOn)
  const found = stopping.filter(({ rule }) => rule !== 'smoke')
  const invoked = stopping.filter(({ rule }) => rule === 'smoke')
  if (found.length > 0) {
    const message = `${levels(found)} stopped the run before publishing (fail-on: ${failOn}): ${subjects(found)}`
    stages.fail('check', new ActionError('findings', message, { help: `${found[0]?.help ?? ''}` }))
  }
  if (invoked.length > 0) {
    const message = `${count(invoked.length, 'smoke case')} failed: ${invoked.map((one) => one.message).join('; ')}`
    stages.fail('smoke', new ActionError('smoke-failed', message, { help: `${invoked[0]?.help ?? ''}` }))
  }
  if (stopping.length > 0) throw new StageFailed('findings')
}

function skipped(reason: string): SmokeReport {
  return { status: 'skipped', reason, constraints: {}, cases: [] }
}

function levels(findings: readonly ReportedFinding[]): string {
  const words = (['error', 'warning', 'note'] as const)
    .map((level) => count(standing(findings).filter((one) => one.level === level).length, level))
    .filter((word) => !word.startsWith('0 '))
  return words.length === 0 ? 'no findings' : words.join(', ')
}

function subjects(findings: readonly ReportedFinding[]): string {
  const shown = findings.slice(0, 3).map(({ rule, subject }) => `${rule} (${subject})`)
  return [...shown, ...(findings.length > 3 ? [`${findings.length - 3} more`] : [])].join(', ')
}

function findingLine({ level, rule, subject, message, ignored }: ReportedFinding): string {
  return `${level}: ${rule}: ${subject}: ${message}${ignored === undefined ? '' : ` (ignored: ${ignored})`}`
}
