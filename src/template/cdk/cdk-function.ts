import { child, type TemplateNode } from '../document/template-node.ts'
import { functionSettings } from '../lambda/function-settings.ts'
import { withGlobals } from '../sam/globals.ts'
import { type ResourceRead, samFunction } from '../sam/sam-function.ts'
import { supplies } from '../supplies.ts'
import type { TemplateRequest } from '../template-read.ts'
import type { Scope } from '../values/scope.ts'
import type { ImageAsset } from './assets.ts'
import type { CdkResource } from './cdk-resources.ts'
import { imageAsset } from './image-asset.ts'
import { literalText } from './literal-text.ts'
import { member } from './plain-template.ts'
import { assetNamed } from './stack-templates.ts'

/** What a DockerImageFunction supplies: how its asset is built, or which image of ECR it is, and how it is run. */
export function cdkFunction(
  selected: CdkResource,
  root: TemplateNode,
  scope: Scope,
  request: TemplateRequest,
): ResourceRead {
  const { logicalId, template } = selected
  const { given } = request
  const node = child(root, 'Resources', logicalId) ?? root
  const { type } = selected.resource
  const properties = type === 'AWS::Serverless::Function' ? withGlobals(root, node) : child(node, 'Properties')
  const asset = assetOf(selected)
  if (asset === undefined) {
    const { line } = node
    const resource = {
      ...selected,
      id: logicalId,
      type,
      line,
      properties,
      metadata: child(node, 'Metadata'),
    }
    return samFunction(resource, scope, { ...request, path: template.path }, root)
  }
  const found = supplies(given, template.path, logicalId)
  found.set('kind', 'image')
  const settings = functionSettings(properties, scope, found, given.smoke !== false)
  if (given.image !== undefined) return { ...settings, ...found.gathered }
  const { line } = child(properties, 'Code', 'ImageUri') ?? node
  imageAsset(asset, line, given.context, found)
  const { platform } = asset.source
  return { ...settings, ...(platform === undefined ? {} : { buildPlatform: platform }), ...found.gathered }
}

/** The asset that is published as the function's image; none when the image is the user's own in ECR. */
function assetOf({ resource, template }: CdkResource): ImageAsset | undefined {
  const { images } = template.assets
  const uri = literalText(member(resource.properties, 'Code', 'ImageUri') ?? member(resource.properties, 'ImageUri'))
  const path = assetNamed(resource, 'Code.ImageUri')
  return (
    images.find(({ destinations }) => destinations.some((place) => uri?.endsWith(`/${place}`))) ??
    images.find(({ source }) => path !== undefined && source.directory === path)
  )
}
