import {
  child,
  entriesOf,
  type MapNode,
  type ScalarNode,
  type TemplateNode,
  textOf,
} from '../document/template-node.ts'
import { evaluate } from './evaluate.ts'
import { isUnknown, plainText, type Unknown } from './evaluated.ts'
import type { Scope } from './scope.ts'
import { unknown } from './unknown.ts'

/** A loop that could not be run. `types`: the types of resources that it would make. */
export type OpenLoop = {
  readonly name: string
  readonly line: number
  readonly types: readonly string[]
  readonly unknown: readonly Unknown[]
}

const LOOP = 'Fn::ForEach::'
const TRANSFORM = 'AWS::LanguageExtensions'
// CloudFormation takes 500 resources; a copy of each may be large.
const MOST_NODES = 200_000

/**
 * The template with its `Fn::ForEach` loops written out, as AWS::LanguageExtensions does: for each item of a list, the body
 * with `${Name}` and `&{Name}` (letters and digits only) replaced in keys and texts, and `Ref: Name` too. Loops whose list
 * cannot be told stay as they are. Pure.
 */
export function expandLoops(root: TemplateNode, scope: Scope): { root: TemplateNode; open: readonly OpenLoop[] } {
  const open: OpenLoop[] = []
  const done = new Map<TemplateNode, TemplateNode>()
  let left = MOST_NODES

  function expand(node: TemplateNode): TemplateNode {
    const known = done.get(node)
    if (known !== undefined) return known
    const result = expanded(node)
    done.set(node, result)
    return result
  }

  function expanded(node: TemplateNode): TemplateNode {
    if (node.kind === 'scalar') return node
    if (node.kind === 'list') {
      const items = node.items.map(expand)
      return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
    }
    const entries = entriesOf(node).flatMap(([key, value]) =>
      key.startsWith(LOOP) ? run(key, value) : [[key, expand(value)] as const],
    )
    const same =
      entries.length === node.entries.size && entries.every(([key, value]) => node.entries.get(key) === value)
    return same ? node : { ...node, entries: new Map(entries) }
  }

  function run(key: string, loop: TemplateNode): readonly (readonly [string, TemplateNode])[] {
    const name = key.slice(LOOP.length)
    const [identifier, collection, body] = loop.kind === 'list' ? loop.items : []
    const variable = textOf(identifier)
    const give = (why: readonly Unknown[]) => {
      open.push({ name, line: loop.line, types: typesIn(loop), unknown: why })
      return [[key, loop]] as const
    }
    if (!hasTransform(root)) return give(unknown(loop, `\`Transform: ${TRANSFORM}\``, 'the template lacks').unknown)
    if (variable === undefined || collection === undefined || body?.kind !== 'map')
      return give(unknown(loop, `\`${key}\``, 'is not written as a name, a list and a map').unknown)
    const list = evaluate(collection, scope)
    if (isUnknown(list)) return give(list.unknown)
    const items = 'value' in list && Array.isArray(list.value) ? list.value.map(plainText) : [undefined]
    if (items.includes(undefined)) return give(unknown(collection, 'its list', 'is not one of texts').unknown)
    const made: (readonly [string, TemplateNode])[] = []
    for (const item of items) {
      const copy = replaced(body, variable, item ?? '', new Map())
      if (left < 0) return give(unknown(loop, 'it', 'makes more than a template may hold').unknown)
      made.push(...entriesOf(expand(copy)))
    }
    return made
  }

  function replaced(
    node: TemplateNode,
    name: string,
    item: string,
    copies: Map<TemplateNode, TemplateNode>,
  ): TemplateNode {
    const known = copies.get(node)
    if (known !== undefined) return known
    left -= 1
    if (left < 0) return node
    const copy = copied(node, name, item, copies)
    copies.set(node, copy)
    return copy
  }

  function copied(
    node: TemplateNode,
    name: string,
    item: string,
    copies: Map<TemplateNode, TemplateNode>,
  ): TemplateNode {
    const inner = (one: TemplateNode) => replaced(one, name, item, copies)
    if (node.kind === 'scalar') return scalar(node, filled(node.text, name, item))
    if (node.kind === 'list') return { ...node, items: node.items.map(inner) }
    const isReference = node.entries.size === 1 && textOf(node.entries.get('Ref')) === name
    if (isReference) return { kind: 'scalar', line: node.line, value: item, text: item }
    const entries = entriesOf(node).map(([key, value]) => [filled(key, name, item), inner(value)] as const)
    return { ...node, entries: new Map(entries) } satisfies MapNode
  }

  return { root: expand(root), open }
}

function scalar(node: ScalarNode, text: string): ScalarNode {
  return text === node.text ? node : { ...node, value: text, text }
}

function filled(text: string, name: string, item: string): string {
  return text.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replace(/[^A-Za-z0-9]/g, ''))
}

function typesIn(loop: TemplateNode, seen = new Set<TemplateNode>()): readonly string[] {
  if (loop.kind === 'scalar' || seen.has(loop)) return []
  seen.add(loop)
  if (loop.kind === 'list') return loop.items.flatMap((item) => typesIn(item, seen))
  return entriesOf(loop).flatMap(([key, value]) => (key === 'Type' ? [textOf(value) ?? ''] : typesIn(value, seen)))
}

function hasTransform(root: TemplateNode): boolean {
  const transform = child(root, 'Transform')
  const names = transform?.kind === 'list' ? transform.items : [transform]
  return names.some((name) => textOf(name) === TRANSFORM)
}
