import { ActionError } from '../errors.ts'
import { commentWithoutPlan } from '../plan/comment-plan.ts'
import { isSkipped } from '../plan/plan.ts'
import { type Delivery, deliverReport, writeReport } from '../report/deliver.ts'
import type { Report } from '../report/report.ts'
import { aliasStage } from './alias-stage.ts'
import { checkStages } from './check-stages.ts'
import { writeDebugEvidence } from './debug-evidence.ts'
import { deployStages } from './deploy-stages.ts'
import { imageStages } from './image-stages.ts'
import { beginKnown, type Known, reportOf } from './known.ts'
import { layerPublishStages } from './layer-publish-stages.ts'
import { layerStages } from './layer-stages.ts'
import { planStage } from './plan-stage.ts'
import { inReportDirectory } from './report-directory.ts'
import type { RunPorts, RunRequest } from './run-ports.ts'
import { StageFailed, type StageRecorder, stageRecorder } from './stage-recorder.ts'
import { unavailableStages } from './unavailable-stages.ts'
import { verifyStage } from './verify-stage.ts'

/** The stages in order. Always ends with a report, whatever failed; rejects only when the report cannot be written. */
export async function run(request: RunRequest, ports: RunPorts): Promise<Report> {
  const known = await beginKnown(request, ports)
  // What an engine's administrator, or a test, finds it by.
  ports.log.debug(`All that this run makes in the engine is labelled lambda-parity.run=${request.runId}`)
  const stages = stageRecorder(ports.clock, ports.log, whenAborted(request.signal))
  try {
    await runStages(known, request, stages, ports)
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error
  }
  const cutShort = known.engineUsed && stages.failure() !== undefined
  const leftovers = cutShort ? ports.removeLeftovers() : true
  const report = await reportStage(known, request, stages, ports)
  if (!(await leftovers)) {
    ports.log.warning(
      `The engine did not answer in time: containers labelled lambda-parity.run=${request.runId} may be left.`,
    )
  }
  return report
}

async function runStages(known: Known, request: RunRequest, stages: StageRecorder, ports: RunPorts): Promise<void> {
  const plan = await stages.run('plan', 'Plan', () => planStage(known, ports))
  if (plan.kind === 'layer') {
    await checkStages(plan, await layerStages(plan, known, request, stages, ports), known, request, stages, ports)
    await layerPublishStages(plan, { known, request, stages, ports })
    await verifyStage(plan, known, request, stages, ports)
    await aliasStage(plan, known, request, stages, ports)
    return
  }
  if (plan.source.from === 'unavailable') {
    unavailableStages(plan, plan.source, known, stages, ports)
    return
  }
  const image = await imageStages(plan, known, request, stages, ports)
  await checkStages(plan, image, known, request, stages, ports)
  if ('refused' in image) {
    // Only `fail-on: never` comes here, and no setting makes Lambda take an index.
    const message = `${image.refused.reference} is an index that no single image can stand for; nothing is published.`
    stages.fail('publish', new ActionError('manifest-unsupported', message, { help: INDEX_HELP }))
    return
  }
  await deployStages(plan, image, known, request, stages, ports)
  await verifyStage(plan, known, request, stages, ports)
  await aliasStage(plan, known, request, stages, ports)
}

/** Written before anything else is tried with it, and once more when it is known what became of the comment. */
async function reportStage(known: Known, request: RunRequest, stages: StageRecorder, ports: RunPorts): Promise<Report> {
  const { clock, files, log } = ports
  const failure = stages.failure()
  const started = clock.now()
  const asOf = (detail: string) => {
    stages.pass('report', (clock.now() - started) / 1000, detail)
    return reportOf(known, stages.outcomes(unreached(failure?.stage)), failure, started)
  }
  ports.setOutput('parity-status', known.parityStatus === undefined ? 'not-checked' : undefined)
  ports.setOutput('smoke-status', known.smoke === undefined ? 'skipped' : undefined)
  const written = asOf('written')
  const { directory, said } = await inReportDirectory(known, ports, async (directory) => ({
    directory,
    said: await deliverReport(written, delivery(known, request, directory, ports), ports),
  }))
  const report = asOf(said)
  await writeReport(report, directory, files)
  await writeDebugEvidence(known, request, directory, ports)
  if (failure !== undefined) log.error(`${failure.stage} failed (${failure.code}): ${failure.message}\n${failure.help}`)
  log.info(`${report.verdict}: ${directory}/report.json`)
  return report
}

function delivery(known: Known, { signal }: RunRequest, directory: string, ports: RunPorts): Delivery {
  const { plan, read, context } = known
  const planned = plan?.report.comment ?? commentWithoutPlan(read, context)
  const comment = isSkipped(planned)
    ? planned
    : signal.aborted
      ? { skipped: 'the run was cancelled' }
      : { key: planned.key, comments: ports.comments(planned) }
  return {
    directory,
    comment,
    repository: {
      workspace: context.workspace,
      ...(context.workflowFile === undefined ? {} : { workflowFile: context.workflowFile }),
    },
    ...(context.runUrl === undefined ? {} : { runUrl: context.runUrl }),
    ...(context.commit === undefined ? {} : { commit: context.commit }),
  }
}

function unreached(stage: string | undefined): string {
  return stage === undefined ? 'not part of this run' : `the run ended at ${stage}`
}

/** Rejects with the signal's reason once it is aborted; never resolves. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // Nobody may be waiting at that moment.
  aborted.catch(() => undefined)
  return aborted
}

const INDEX_HELP =
  'Build one image for one platform without attestations.\ndocker buildx build --platform linux/amd64 --provenance=false --sbom=false .'
