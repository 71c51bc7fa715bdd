import { child, type TemplateNode } from '../document/template-node.ts'
import { stated } from '../lambda/stated.ts'
import { templatePath } from '../lambda/template-path.ts'
import type { Supplies } from '../supplies.ts'
import { plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import type { SamResource } from './sam-resources.ts'

/**
 * Supplies `layer-source` for a layer that SAM builds, with the `build-command` of a makefile, else `layer-path`. Not
 * looked at when one of the two was given.
 */
export function layerContent(resource: SamResource, template: string, scope: Scope, found: Supplies): void {
  if (!found.isOpen('layer-path') || !found.isOpen('layer-source')) return
  const { id, type, line, properties, metadata } = resource
  const property = type === 'AWS::Serverless::LayerVersion' ? 'ContentUri' : 'Content'
  const node = child(properties, property)
  const place = { property, line: node?.line ?? line }
  const content = stated(node, scope)
  if (content === undefined) {
    found.problem(place, 'It names no folder.', 'layer-path')
    return
  }
  if ('unknown' in content) {
    found.unresolved('layer-path', place, content.unknown, true)
    return
  }
  const uri = plainText(content.value)
  if (uri === undefined || /^(?:s3|https?):\/\//i.test(uri)) {
    const why =
      'Its content is on S3, and what is checked here is what lies in files. Give the template as it was before it was packaged, or set `layer-path` or `layer-source`.'
    found.problem(place, why)
    return
  }
  const method = buildMethod(child(metadata, 'BuildMethod'), scope, found)
  if (method === undefined) found.text('layer-path', templatePath(template, uri), place)
  else {
    found.text('layer-source', templatePath(template, sourceOf(uri, method, metadata, scope)), place)
    if (method === 'makefile') makeTarget(id, place.line, found)
  }
}

function buildMethod(node: TemplateNode | undefined, scope: Scope, found: Supplies): string | undefined {
  const method = stated(node, scope)
  if (node === undefined || method === undefined) return undefined
  if (!('unknown' in method)) return plainText(method.value)
  found.unresolved('layer-source', { property: 'BuildMethod', line: node.line }, method.unknown, true)
  return undefined
}

/** Where the makefile lies: SAM CLI's `ProjectRootDirectory` and `ContextPath` (app_builder.py) may say another folder. */
function sourceOf(uri: string, method: string, metadata: TemplateNode | undefined, scope: Scope): string {
  if (method !== 'makefile') return uri
  for (const key of ['ProjectRootDirectory', 'ContextPath']) {
    const value = stated(child(metadata, key), scope)
    const text = value !== undefined && 'value' in value ? plainText(value.value) : undefined
    if (text !== undefined) return text
  }
  return uri
}

/** Run in a copy of the source, as SAM does. The id becomes part of a command: it must be one. */
function makeTarget(id: string, line: number, found: Supplies): void {
  const place = { property: 'BuildMethod', line }
  if (/^[A-Za-z0-9]+$/.test(id)) found.text('build-command', `ARTIFACTS_DIR=/out make build-${id}`, place)
  else found.problem(place, 'Its logical id has more than letters and digits, which CloudFormation refuses.')
}
