import { code, message, prose } from './escape.ts'
import type { Deployment, ImagePublication, Report } from './report.ts'

/** What was published and deployed and how to go back, or why nothing was. */
export function publicationSection(report: Report): string {
  const { publication, deployment } = report
  const skipped = (name: 'publish' | 'deploy') =>
    report.stages.find((stage) => stage.name === name && stage.status === 'skipped')?.detail
  if (publication === undefined) return `Nothing was published: ${message(skipped('publish') ?? 'publishing failed')}.`
  const notDeployed = skipped('deploy')
  return [
    '#### Published',
    imageLine(publication),
    ...(deployment === undefined ? [] : deploymentLines(deployment)),
    ...(notDeployed === undefined ? [] : [`- not deployed: ${message(notDeployed)}`]),
  ].join('\n')
}

function imageLine({ repositoryUri, digest, tags, reused }: ImagePublication): string {
  const there = reused ? ' (was there already)' : ''
  return `- image ${code(`${repositoryUri}@${digest}`)}, tags ${tags.map(code).join(', ')}${there}`
}

function deploymentLines(deployment: Deployment): readonly string[] {
  const { functionArn, before, after, waitedSeconds, polls, versionPublished, alias } = deployment
  const state = [after?.state, after?.lastUpdateStatus].filter(Boolean).join(' / ') || 'state unknown'
  const previous = before?.imageUri === after?.imageUri ? undefined : before?.imageUri
  return [
    `- function ${code(functionArn)}: ${prose(state)} after ${waitedSeconds.toFixed(1)} s and ${polls} polls`,
    ...(versionPublished === undefined ? [] : [`- version ${code(versionPublished)}`]),
    ...(alias === undefined ? [] : [`- alias ${code(alias.name)}: ${code(alias.from ?? 'new')} → ${code(alias.to)}`]),
    ...(previous === undefined ? [] : [`- roll back: ${code(rollBack(functionArn, previous))}`]),
  ]
}

function rollBack(functionArn: string, imageUri: string): string {
  return `aws lambda update-function-code --function-name ${functionArn} --image-uri ${imageUri}`
}
