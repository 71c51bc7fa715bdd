/**
 * A value of a template with its place, `line` from 1. Short tags (`!Ref X`) stand in their long form (`{Ref: X}`), with
 * which nothing else differs between YAML and JSON. Aliases share the node of their anchor: nothing is copied.
 */
export type TemplateNode = ScalarNode | ListNode | MapNode

export type ScalarNode = {
  readonly kind: 'scalar'
  readonly line: number
  readonly value: string | number | boolean | null
  /** As written in the file, quotes and escapes resolved: `1.10` where `value` is 1.1. */
  readonly text: string
}

export type ListNode = { readonly kind: 'list'; readonly line: number; readonly items: readonly TemplateNode[] }

export type MapNode = {
  readonly kind: 'map'
  readonly line: number
  readonly entries: ReadonlyMap<string, TemplateNode>
}

/** What stands under a path of keys; `undefined` where there is nothing, or no map on the way. */
export function child(node: TemplateNode | undefined, ...path: readonly string[]): TemplateNode | undefined {
  return path.reduce<TemplateNode | undefined>(
    (at, key) => (at?.kind === 'map' ? at.entries.get(key) : undefined),
    node,
  )
}

/** Keys and values of a map; none of anything else. */
export function entriesOf(node: TemplateNode | undefined): readonly (readonly [string, TemplateNode])[] {
  return node?.kind === 'map' ? [...node.entries] : []
}

/** The text of a scalar that is one; `undefined` for `null`, lists and maps. */
export function textOf(node: TemplateNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined
}
