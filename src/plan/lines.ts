import type { BaselinePlan } from '../baseline/baseline.ts'
import { architectureRow } from '../lambda/architecture.ts'
import type { PlanValue } from '../report/report.ts'
import {
  type AttachPlan,
  type DeployPlan,
  isSkipped,
  type LayerPublishPlan,
  type Plan,
  type PublishPlan,
} from './plan.ts'

const LONGEST_VALUE = 80

/** The plan as aligned lines of text: every input with its value and source, then what will happen, then what will not and why. */
export function planLines(plan: Plan): string[] {
  const inputs = Object.entries(plan.table).map(([name, { value, source }]) => [name, shown(value), source])
  const happens = steps(plan)
  const skipped = skips(plan)
  return [
    ...aligned([['input', 'value', 'source'], ...inputs]),
    '',
    'Will happen',
    ...aligned(happens),
    ...(skipped.length === 0 ? [] : ['', 'Will not happen', ...aligned(skipped)]),
  ]
}

function steps(plan: Plan): string[][] {
  const { smoke, publish, deploy, verify, report } = plan
  const { platform } = architectureRow(plan.architecture)
  const writes = plan.dryRun ? 'say what would be written: ' : ''
  return [
    sourceStep(plan.source, platform),
    ['check', checkLine(plan)],
    ...(plan.baseline === undefined ? [] : [['compare', baselineLine(plan.baseline)]]),
    ...(isSkipped(smoke)
      ? []
      : [['smoke', `${counted(smoke.cases.length, 'case')}, ${smoke.memorySize} MB, ${smoke.timeout} s`]]),
    ...(isSkipped(publish) ? [] : [['publish', `${writes}${target(publish)}`]]),
    ...(isSkipped(deploy) ? [] : [['deploy', `${writes}${change(deploy)}`]]),
    ...(isSkipped(verify) ? [] : [['verify', `${writes}invoke it with ${counted(verify.cases.length, 'event')}`]]),
    ['report', report.directory],
    ...(isSkipped(report.comment) ? [] : [['comment', `pull request ${report.comment.pullRequest}`]]),
  ]
}

function target(publish: PublishPlan | LayerPublishPlan): string {
  if ('layerName' in publish) return `layer ${publish.layerName} in ${publish.region}`
  return `${publish.repository} in ${publish.region}, ${publish.tags.join(', ')}`
}

function change(deploy: DeployPlan | AttachPlan): string {
  return 'action' in deploy ? `${deploy.action} ${deploy.functionName} by digest` : `attach to ${deploy.functionName}`
}

function sourceStep(source: Plan['source'], platform: string): string[] {
  switch (source.from) {
    case 'build':
      return ['build', `${source.file} in ${source.context} for ${platform}`]
    case 'reference':
      return ['look up', `${source.image} for ${platform}`]
    case 'unavailable':
      return ['nothing', source.reason]
    case 'source':
      return ['build', `${source.path} for ${platform}: ${source.how}`]
    case 'path':
      return ['read', `${source.path} for ${platform}`]
  }
}

function skips(plan: Plan): string[][] {
  const { smoke, publish, deploy, report } = plan
  const { source } = plan
  const built = source.from === 'build' || source.from === 'source' ? [] : [['build', notBuilt(source)]]
  const stages = Object.entries({ smoke, publish, deploy, comment: report.comment })
  return [...built, ...stages.flatMap(([name, stage]) => (isSkipped(stage) ? [[name, stage.skipped]] : []))]
}

function notBuilt(source: Exclude<Plan['source'], { readonly from: 'build' | 'source' }>): string {
  return source.from === 'unavailable' ? 'there is nothing to build' : NOT_BUILT[source.from]
}

/** Why the stage `build` is skipped. */
export const NOT_BUILT = { reference: '`image` is given', path: '`layer-path` is given' } as const

function baselineLine(baseline: BaselinePlan): string {
  switch (baseline.from) {
    case 'report':
      return `with the report of ${baseline.report.createdAt}, ${baseline.path}`
    case 'image':
      return `with ${baseline.reference}`
    case 'deployed':
      return `with what ${baseline.functionName} runs, ${baseline.reference}`
    case 'nothing':
      return `with nothing: ${baseline.unread}`
  }
}

function checkLine(plan: Plan): string {
  const { check } = plan
  const images = plan.kind === 'layer' ? plan.runtimes.map(({ image }) => image) : [plan.runtimeImage]
  const named = images.map((image) => ('reference' in image ? image.reference : 'the base that the image shows'))
  const against = named.join(', ')
  const gate = check.failOn === 'never' ? 'no finding stops the run' : `findings from ${check.failOn} up stop the run`
  return `against ${against}, ${gate}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function shown(value: PlanValue): string {
  const text = typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length <= LONGEST_VALUE ? line : `${line.slice(0, LONGEST_VALUE - 1)}…`
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}
