import { child } from '../document/template-node.ts'
import type { Refused } from '../select-resource.ts'
import { conditionNamed } from '../values/conditions.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown } from '../values/evaluated.ts'
import { type CdkResource, cdkResources } from './cdk-resources.ts'
import type { StackTemplate } from './stack-templates.ts'
import type { OpenTemplate } from './template-scope.ts'

/** What of an assembly can be chosen, and what somebody may name that cannot. */
export async function cdkCandidates(
  templates: readonly StackTemplate[],
  open: (template: StackTemplate) => Promise<OpenTemplate>,
): Promise<{ readonly candidates: readonly CdkResource[]; readonly refused: readonly Refused[] }> {
  const candidates: CdkResource[] = []
  const refused: Refused[] = []
  for (const resource of templates.flatMap(cdkResources)) {
    const why = (await isOff(resource, open)) ?? (resource.isZip ? zip(resource) : undefined)
    if (why === undefined) candidates.push(resource)
    else refused.push({ id: resource.id, names: resource.names, why })
  }
  return { candidates, refused }
}

/** A condition that cannot be told leaves the resource to be chosen. Templates are opened only for it: most have none. */
async function isOff(
  { id, resource, template, logicalId }: CdkResource,
  open: (template: StackTemplate) => Promise<OpenTemplate>,
): Promise<string | undefined> {
  const { condition } = resource
  if (condition === undefined) return undefined
  const { root, scope } = await open(template)
  const node = child(root, 'Resources', logicalId) ?? root
  const truth = conditionNamed(condition, node, scope, evaluate)
  if (isUnknown(truth) || truth.truth) return undefined
  return `\`${id}\` is not deployed: its condition \`${condition}\` is false. Parameters in \`template-parameters\` may change that.`
}

function zip({ id }: CdkResource): string {
  return `\`${id}\` is a Zip function, and this action builds images and layers. Deploy it with \`cdk deploy\`; a \`DockerImageFunction\`, or a \`LayerVersion\` that it uses, can be checked here.`
}
