import { child, entriesOf, type MapNode, type TemplateNode } from '../document/template-node.ts'
import { functionCall } from '../values/evaluate.ts'

// Where SAM does not merge lists (samtranslator/plugins/globals/globals.py, CUSTOM_STRATEGIES).
const REPLACED: readonly string[] = ['Architectures']

/**
 * Properties that SAM takes from `Globals.Function` and that mean something here; it refuses others (`PackageType`,
 * `ImageConfig`, `ImageUri`) as not supported (same file, supported_properties).
 */
const OF_FUNCTIONS: readonly string[] = [
  'Handler',
  'Runtime',
  'MemorySize',
  'Timeout',
  'Environment',
  'Layers',
  'Architectures',
  'EphemeralStorage',
]
const REFUSED: readonly string[] = ['PackageType', 'ImageConfig', 'ImageUri', 'FunctionName', 'Metadata']

/** The properties of a function with those of `Globals.Function` merged in as SAM merges them, minding `IgnoreGlobals`. */
export function withGlobals(root: TemplateNode, resource: TemplateNode): TemplateNode | undefined {
  const own = child(resource, 'Properties')
  const section = child(root, 'Globals', 'Function')
  if (section?.kind !== 'map') return own
  const ignored = child(resource, 'IgnoreGlobals')
  if (ignored?.kind === 'scalar' && ignored.text === '*') return own
  const left = ignored?.kind === 'list' ? ignored.items.map((item) => (item.kind === 'scalar' ? item.text : '')) : []
  const entries = [...section.entries].filter(([name]) => OF_FUNCTIONS.includes(name) && !left.includes(name))
  const globals: MapNode = { kind: 'map', line: section.line, entries: new Map(entries) }
  return own?.kind === 'map' ? merge(globals, own, '') : globals
}

/** Properties in `Globals.Function` with which SAM refuses the whole template, and their lines. */
export function refusedGlobals(root: TemplateNode): readonly { readonly property: string; readonly line: number }[] {
  return entriesOf(child(root, 'Globals', 'Function')).flatMap(([property, { line }]) =>
    REFUSED.includes(property) ? [{ property, line }] : [],
  )
}

/** Maps by key, lists one after the other; everything else, functions included, is the resource's own. */
function merge(global: TemplateNode, own: TemplateNode, path: string): TemplateNode {
  if (global.kind === 'list' && own.kind === 'list' && !REPLACED.includes(path))
    return { kind: 'list', line: own.line, items: [...global.items, ...own.items] }
  if (!isPlainMap(global) || !isPlainMap(own)) return own
  const entries = new Map(global.entries)
  for (const [key, value] of own.entries) {
    const inherited = entries.get(key)
    entries.set(key, inherited === undefined ? value : merge(inherited, value, path === '' ? key : `${path}.${key}`))
  }
  return { kind: 'map', line: own.line, entries }
}

function isPlainMap(node: TemplateNode): node is MapNode {
  if (node.kind !== 'map' || functionCall(node) !== undefined) return false
  return !(node.entries.size === 1 && node.entries.has('Condition'))
}
