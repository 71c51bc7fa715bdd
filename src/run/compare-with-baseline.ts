import { type Baseline, type BaselinePlan, baselineOfReport } from '../baseline/baseline.ts'
import { judgeBaseline } from '../baseline/baseline-image.ts'
import { compareFindings } from '../baseline/compare-findings.ts'
import { driftNotes } from '../baseline/drift.ts'
import { applyIgnore } from '../checks/ignore.ts'
import { LEVEL_RANK, type Plan } from '../plan/plan.ts'
import type { ReportedBaseline, ReportedFinding } from '../report/report.ts'
import type { ImageInHand, RefusedIndex } from './image-stages.ts'
import { environmentsOf, type Known } from './known.ts'
import type { LayerInHand } from './layer-stages.ts'
import type { RunPorts } from './run-ports.ts'

/** Marks the findings as new or unchanged and adds what is fixed, once checks and smoke have found all there is. */
export function compareWithBaseline(
  plan: Plan,
  inHand: ImageInHand | RefusedIndex | LayerInHand,
  known: Known,
  { clock, log }: Pick<RunPorts, 'clock' | 'log'>,
): void {
  if (plan.baseline === undefined) return
  const baseline = baselineOf(plan, plan.baseline, inHand, new Date(clock.now()).toISOString())
  if ('unread' in baseline) {
    known.baseline = { ...named(plan.baseline), unread: baseline.unread }
    known.notChecked = [...known.notChecked, { rule: 'baseline', reason: baseline.unread }]
    log.warning(`Nothing is compared with \`baseline\`: ${baseline.unread}`)
    return
  }
  const drift = applyIgnore(driftNotes(environmentsOf(known), baseline), plan.check.ignore)
  const findings = [...known.findings, ...drift].toSorted((a, b) => LEVEL_RANK[b.level] - LEVEL_RANK[a.level])
  const { notChecked, smoke = { cases: [] } } = known
  known.baseline = baseline.reported
  known.findings = compareFindings({ findings, notChecked, smoke }, baseline)
  log.info(`Since the baseline: ${counts(known.findings)}`)
}

function baselineOf(
  plan: Plan,
  asked: BaselinePlan,
  inHand: ImageInHand | RefusedIndex | LayerInHand,
  now: string,
): Baseline | { readonly unread: string } {
  if (asked.from === 'nothing') return asked
  if (asked.from === 'report') return baselineOfReport(asked.path, asked.report, plan)
  if (plan.kind === 'layer' || !('baseline' in inHand) || inHand.baseline === undefined) {
    return { unread: 'there is no image of this run to compare it with' }
  }
  if ('unread' in inHand.baseline) return inHand.baseline
  return judgeBaseline(asked, inHand.baseline.inspection, plan, now)
}

function named(asked: BaselinePlan): Pick<ReportedBaseline, 'source' | 'reference'> {
  if (asked.from === 'nothing') return { source: 'deployed', reference: asked.asked }
  return { source: asked.from, reference: asked.from === 'report' ? asked.path : asked.reference }
}

function counts(findings: readonly ReportedFinding[]): string {
  const of = (status: ReportedFinding['status']) => findings.filter((one) => one.status === status).length
  return `${of('new')} new, ${of('fixed')} fixed, ${of('unchanged')} unchanged`
}
