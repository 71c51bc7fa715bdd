import { code, prose } from './escape.ts'
import type { Outcome, Report } from './report.ts'

export type Origin = {
  readonly runUrl?: string
  readonly commit?: string
}

/** Where it comes from: the run, the commit, the report that machines read, and what took the time. */
export function footer(report: Report, { runUrl, commit }: Origin): string {
  return `<sub>${[
    ...(runUrl === undefined ? [] : [runLink('run', runUrl)]),
    ...(commit === undefined ? [] : [`commit ${code(commit.slice(0, 12))}`]),
    'report.json: output `report-json`',
    times(report.stages),
    `lambda-parity ${prose(report.version)}`,
  ].join(' · ')}</sub>`
}

/** The address comes from the runner's environment; nothing in it can end the link. */
export function runLink(text: string, url: string): string {
  return `[${text}](${encodeURI(url.toWellFormed()).replace(/[()<>\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`
}

function times(stages: readonly Outcome[]): string {
  const total = stages.reduce((sum, stage) => sum + stage.seconds, 0)
  const ran = stages.filter((stage) => stage.status !== 'skipped' && stage.seconds >= 0.05)
  const parts = ran.map((stage) => `${stage.name} ${stage.seconds.toFixed(1)}`)
  return `${total.toFixed(1)} s${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
}
