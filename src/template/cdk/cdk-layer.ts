import { child, type TemplateNode } from '../document/template-node.ts'
import type { ResourceRead } from '../sam/sam-function.ts'
import { samLayer } from '../sam/sam-layer.ts'
import type { TemplateRequest } from '../template-read.ts'
import type { Scope } from '../values/scope.ts'
import { assetPath } from './asset-path.ts'
import type { FileAsset } from './assets.ts'
import type { CdkResource } from './cdk-resources.ts'
import { member } from './plain-template.ts'
import { assetNamed, publishedAt } from './stack-templates.ts'

/** What a LayerVersion supplies: its asset, already laid out, for which runtimes, and what it is published as. */
export function cdkLayer(
  selected: CdkResource,
  root: TemplateNode,
  scope: Scope,
  request: TemplateRequest,
): ResourceRead {
  const { logicalId, template } = selected
  const node = child(root, 'Resources', logicalId) ?? root
  const layer = {
    ...selected,
    id: logicalId,
    type: selected.resource.type,
    line: node.line,
    properties: child(node, 'Properties'),
    metadata: child(node, 'Metadata'),
  }
  return samLayer(layer, scope, { ...request, path: template.path }, (supplies) => {
    const asset = assetOf(selected)
    if (asset === undefined) return false
    if (!supplies.isOpen('layer-source')) return true
    const place = { property: 'Content', line: child(layer.properties, 'Content')?.line ?? node.line }
    if (asset.source.path !== undefined) supplies.text('layer-path', assetPath(asset.folder, asset.source.path), place)
    else supplies.problem(place, EXECUTABLE, 'layer-path')
    return true
  })
}

const EXECUTABLE =
  'Its asset is made by running a command, and nothing of an assembly is run here. Build it in a step before this one.'

function assetOf({ resource, template }: CdkResource): FileAsset | undefined {
  const { files } = template.assets
  const path = assetNamed(resource, 'Content')
  return (
    files.find(({ source }) => path !== undefined && source.path === path) ??
    publishedAt(member(resource.properties, 'Content'), files)
  )
}
