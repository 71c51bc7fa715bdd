import { consumerStatement } from '../publish/layer/consumer-statement.ts'
import { inWords } from '../publish/layer/share-layer.ts'
import { code, fenced, message, shorten } from './escape.ts'
import type { Deployment, LayerPublication } from './report.ts'

/** How many other functions are listed; report.json has all of them. */
const MOST = 20
const LONGEST_REASON = 600

/** A published layer version: what it is called, who may use it, and what its consumers must be allowed. */
export function layerPublicationParts(publication: LayerPublication): readonly string[] {
  const { layerVersionArn: arn, reused, shared, alsoShared = [], formerlyShared } = publication
  const isPublic = [...shared, ...alsoShared].includes('*')
  const there = reused ? ' (its content is unchanged, it was there already)' : ''
  const sharing = shared.length === 0 ? '' : `, shared with ${words(shared)}`
  return [
    ...(isPublic ? [`> ⚠️ **Public: every AWS account can use ${code(arn)}**`] : []),
    `**Published** ${code(arn)}${there}${sharing}`,
    ...(alsoShared.length === 0
      ? []
      : [
          `⚠️ **Not in** ${code('share-with')}, and yet in its policy: ${words(alsoShared)}. Nothing is taken away by itself; this does:\n\n${fenced(`aws lambda remove-layer-version-permission ${address(arn)} --statement-id …`, 'sh')}`,
        ]),
    ...(formerlyShared === undefined
      ? []
      : [
          `⚠️ ${words(formerlyShared.sharees)} can use ${code(formerlyShared.layerVersionArn)} and not this version: ${code('share-with')} does not name them any more.`,
        ]),
    `<details><summary>What another account needs to attach it</summary>\n\n${fenced(consumerStatement(arn), 'json')}\n\n</details>`,
  ]
}

/** Which layers the function has now, and who else has another version of this one. */
export function attachmentParts({ after, otherVersions }: Deployment): readonly string[] {
  const has = after?.layers ?? []
  const { functions: others, reason } = otherVersions ?? { functions: [], reason: undefined }
  const counted = `${others.length} other ${others.length === 1 ? 'function has' : 'functions have'}`
  const listed = others
    .slice(0, MOST)
    .map(({ functionArn, layerVersionArn }) => `- ${code(functionArn)}: ${code(layerVersionArn)}`)
  const more = others.length > MOST ? [`- and ${others.length - MOST} more`] : []
  return [
    ...(has.length === 0 ? [] : [`Its layers: ${has.map(code).join(', ')}`]),
    ...(others.length === 0
      ? []
      : [
          `<details><summary>${counted} another version of this layer</summary>\n\n${[...listed, ...more].join('\n')}\n\n</details>`,
        ]),
    ...(reason === undefined
      ? []
      : [`Which other functions have another version is not known: ${message(shorten(reason, LONGEST_REASON))}`]),
  ]
}

/** Ids stand as code: in words GitHub would look for commits. */
function words(sharees: readonly string[]): string {
  return sharees
    .map((one) => {
      const said = inWords(one)
      const space = said.indexOf(' ')
      return one === '*' ? said : `${said.slice(0, space)} ${code(said.slice(space + 1))}`
    })
    .join(', ')
}

function address(arn: string): string {
  const colon = arn.lastIndexOf(':')
  return `--layer-name ${arn.slice(0, colon)} --version-number ${arn.slice(colon + 1)}`
}
