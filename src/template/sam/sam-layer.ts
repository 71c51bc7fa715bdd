import { findRuntime, type Runtime } from '../../lambda/runtimes.ts'
import { child, type TemplateNode } from '../document/template-node.ts'
import { stated } from '../lambda/stated.ts'
import { type Supplies, supplies, unresolvedProblem } from '../supplies.ts'
import type { SuppliedInput, TemplateRequest } from '../template-read.ts'
import { type Plain, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import { layerContent } from './layer-content.ts'
import type { ResourceRead } from './sam-function.ts'
import type { SamResource } from './sam-resources.ts'

/**
 * What a layer supplies: where its content is, for which runtimes, and what it is published as. `elsewhere` supplies
 * content that the template itself does not tell of, and says whether it did.
 */
export function samLayer(
  resource: SamResource,
  scope: Scope,
  { path, given }: TemplateRequest,
  elsewhere: (found: Supplies) => boolean = () => false,
): ResourceRead {
  const { id, properties, metadata } = resource
  const found = supplies(given, path, id)
  found.set('kind', 'layer')
  if (!elsewhere(found)) layerContent(resource, path, scope, found)
  runtimes(properties, metadata, scope, found)
  architectures(properties, metadata, scope, found)
  const published = (property: string, input: SuppliedInput) =>
    publishedText(property, child(properties, property), input, path, scope, found)
  if (!published('LayerName', 'layer-name'))
    found.text('layer-name', id, { property: 'LayerName', line: resource.line })
  published('Description', 'layer-description')
  published('LicenseInfo', 'license-info')
  return { notSet: [], ...found.gathered }
}

/** The build method when it is a runtime, else the first compatible one. Runtimes that no layer can have are left out. */
function runtimes(
  properties: TemplateNode | undefined,
  metadata: TemplateNode | undefined,
  scope: Scope,
  found: Supplies,
): void {
  const names = texts(
    'CompatibleRuntimes',
    child(properties, 'CompatibleRuntimes'),
    'compatible-runtimes',
    scope,
    found,
  )
  const rows = names.flatMap(({ text, line }): Runtime[] => {
    const row = findRuntime(text)
    if (row !== undefined && row.imageOnly !== true) return [row]
    found.warn(
      { property: 'CompatibleRuntimes', line },
      `\`${text}\` is no runtime that is known here. It is left out.`,
    )
    return []
  })
  if (rows.length > 0) found.set('compatible-runtimes', rows)
  const method = stated(child(metadata, 'BuildMethod'), scope)
  const own = method !== undefined && 'value' in method ? findRuntime(plainText(method.value) ?? '') : undefined
  const runtime = own ?? rows[0]
  if (runtime !== undefined) found.set('runtime', runtime)
}

function architectures(
  properties: TemplateNode | undefined,
  metadata: TemplateNode | undefined,
  scope: Scope,
  found: Supplies,
): void {
  const node = child(properties, 'CompatibleArchitectures')
  const names = texts('CompatibleArchitectures', node, 'compatible-architectures', scope, found)
  const place = { property: 'CompatibleArchitectures', line: node?.line ?? 1 }
  if (names.length > 0) found.text('compatible-architectures', names.map(({ text }) => text).join(','), place)
  const build = child(metadata, 'BuildArchitecture')
  const [own] = texts('BuildArchitecture', build, 'architecture', scope, found)
  const [single, another] = names
  if (own !== undefined) found.text('architecture', own.text, { property: 'BuildArchitecture', line: own.line })
  else if (single !== undefined && another === undefined) found.text('architecture', single.text, place)
}

/** Texts of a list, or a single one. */
function texts(
  property: string,
  node: TemplateNode | undefined,
  input: SuppliedInput,
  scope: Scope,
  found: Supplies,
): readonly { readonly text: string; readonly line: number }[] {
  const value = stated(node, scope)
  if (node === undefined || value === undefined) return []
  const { line } = node
  if ('unknown' in value) {
    found.unresolved(input, { property, line }, value.unknown, found.isOpen(input))
    return []
  }
  const list: readonly Plain[] = Array.isArray(value.value) ? value.value : [value.value]
  return list.flatMap((one) => (plainText(one) === undefined ? [] : [{ text: plainText(one) ?? '', line }]))
}

/** What only a published version carries. Returns whether it is known. */
function publishedText(
  property: string,
  node: TemplateNode | undefined,
  input: SuppliedInput,
  path: string,
  scope: Scope,
  found: Supplies,
): boolean {
  const value = stated(node, scope)
  if (node === undefined || value === undefined) return false
  if ('unknown' in value) {
    if (!found.isOpen(input)) return true
    found.unresolved(input, { property, line: node.line }, value.unknown, false)
    found.problemIfPublished(unresolvedProblem(`\`${property}\` (${path}:${node.line})`, input, value.unknown))
    return false
  }
  const text = plainText(value.value) ?? ''
  if (text !== '') found.text(input, text, { property, line: node.line })
  return text !== ''
}
