import { code, message, prose } from './escape.ts'
import type { Outcome, Report } from './report.ts'

/** What was published and deployed and how to go back, or why nothing was. */
export function publicationSection(report: Report): string {
  const { publication, deployment } = report
  const lines: string[] = []
  if (publication !== undefined) {
    const tags = publication.tags.map(code).join(', ')
    lines.push(
      `- image ${code(`${publication.repositoryUri}@${publication.digest}`)}, tags ${tags}${publication.reused ? ' (was there already)' : ''}`,
    )
  }
  if (deployment !== undefined) {
    const { before, after } = deployment
    const state = after === undefined ? 'state unknown' : `${after.state} / ${after.lastUpdateStatus}`
    lines.push(
      `- function ${code(deployment.functionArn)}: ${prose(state)} after ${deployment.waitedSeconds.toFixed(1)} s and ${deployment.polls} polls`,
    )
    if (deployment.versionPublished !== undefined) lines.push(`- version ${code(deployment.versionPublished)}`)
    if (deployment.alias !== undefined)
      lines.push(
        `- alias ${code(deployment.alias.name)}: ${code(deployment.alias.from ?? 'new')} → ${code(deployment.alias.to)}`,
      )
    if (before?.imageUri !== undefined && before.imageUri !== after?.imageUri) {
      lines.push(
        `- roll back: ${code(`aws lambda update-function-code --function-name ${deployment.functionArn} --image-uri ${before.imageUri}`)}`,
      )
    }
  }
  const writing = report.stages.filter((stage) => stage.name === 'publish' || stage.name === 'deploy')
  const skipped = writing.filter((stage) => stage.status === 'skipped').map(skippedLine)
  return ['#### Published', ...lines, ...skipped].join('\n')
}

function skippedLine(stage: Outcome): string {
  return `- ${stage.name} skipped: ${message(stage.detail)}`
}
