import { code, fenced, htmlText, message, prose, shorten } from './escape.ts'
import { attachmentParts, layerPublicationParts } from './layer-publication.ts'
import type { Deployment, ImagePublication, Report } from './report.ts'
import { rollBack } from './roll-back.ts'
import { endedEarly } from './smoke-section.ts'

const LONGEST_REASON = 600

/** What was published and deployed, and the command that goes back; or why nothing was. */
export function publicationSection(report: Report): string {
  const { publication, deployment } = report
  const skipped = (name: 'publish' | 'deploy') =>
    report.stages.find((stage) => stage.name === name && stage.status === 'skipped')?.detail
  if (publication === undefined && endedEarly(report)) {
    return `**Nothing was published, and nothing was invoked:** the run ended at ${report.failure?.stage}.`
  }
  if (publication === undefined) {
    return `**Nothing was published:** ${message(shorten(notPublished(report) ?? skipped('publish') ?? 'publishing failed', LONGEST_REASON))}.`
  }
  const notDeployed = skipped('deploy')
  const back = deployment === undefined ? undefined : rollBack(deployment)
  return [
    ...(publication.layerVersionArn === undefined ? [imageLine(publication)] : layerPublicationParts(publication)),
    ...(deployment === undefined ? [] : [deploymentLine(deployment), ...attachmentParts(deployment)]),
    ...(notDeployed === undefined ? [] : [`**Not deployed:** ${message(shorten(notDeployed, LONGEST_REASON))}.`]),
    ...(back === undefined
      ? []
      : [
          `<details><summary><b>Roll back</b> ${htmlText(back.to)}</summary>\n\n${fenced(back.command, 'sh')}\n\n</details>`,
        ]),
  ].join('\n\n')
}

/** The gate's own words; a stage that never ran only says where the run ended. */
function notPublished({ failure, plan }: Report): string | undefined {
  if (failure?.code !== 'findings' && failure?.code !== 'smoke-failed') return undefined
  return `what was found stops the run before the push (\`fail-on: ${String(plan['fail-on']?.value ?? 'error')}\`)`
}

function imageLine({ repositoryUri, digest, tags, reused }: ImagePublication): string {
  const named = tags.length === 0 ? '' : ` as ${tags.slice(0, 10).map(code).join(', ')}`
  return `**Published** ${code(`${repositoryUri}@${digest}`)}${named}${reused ? ' (it was there already)' : ''}`
}

function deploymentLine({ functionArn, after, waitedSeconds, polls, versionPublished, alias }: Deployment): string {
  const state = [after?.state, after?.lastUpdateStatus].filter(Boolean).join(' / ') || 'state unknown'
  const released = [
    ...(versionPublished === undefined ? [] : [`version ${code(versionPublished)}`]),
    ...(alias === undefined
      ? []
      : [`alias ${code(alias.name)}: ${alias.from === undefined ? 'new' : code(alias.from)} → ${code(alias.to)}`]),
  ]
  const waited = `${waitedSeconds.toFixed(1)} s, ${polls} ${polls === 1 ? 'poll' : 'polls'}`
  return `**Deployed** to ${code(functionArn)}: ${[`${prose(state)} (${waited})`, ...released].join(', ')}`
}
