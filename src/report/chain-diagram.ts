import type { ChainNode } from './chain-tree.ts'
import { shorten } from './escape.ts'

const MOST_NODES = 14

/**
 * The same chains as a Mermaid flowchart, where several of them meet: a tree repeats what they share. Empty where the tree
 * says it all, or where the picture would be too large for a phone.
 */
export function chainDiagram(forest: readonly ChainNode[]): string {
  const nodes = new Map<string, { readonly id: string; readonly lost: boolean }>()
  const edges = new Set<string>()
  const visit = ({ name, lost, children }: ChainNode): string => {
    const id = nodes.get(name)?.id ?? `n${nodes.size}`
    nodes.set(name, { id, lost: lost || nodes.get(name)?.lost === true })
    for (const child of children) edges.add(`${id} --> ${visit(child)}`)
    return id
  }
  for (const root of forest) visit(root)
  const targets = [...edges].map((edge) => edge.split(' --> ')[1])
  const meet = new Set(targets).size < targets.length
  if (!meet || nodes.size > MOST_NODES) return ''
  return [
    'flowchart TD',
    ...[...nodes].map(
      ([name, { id, lost }]) => `  ${id}["${diagramText(name)}${lost ? ', not found' : ''}"]${lost ? ':::lost' : ''}`,
    ),
    ...[...edges].map((edge) => `  ${edge}`),
    '  classDef lost fill:#ffebe9,stroke:#cf222e,color:#82071e',
  ].join('\n')
}

/** Mermaid has no escape that holds everywhere: only characters that mean nothing to it come through. */
function diagramText(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1) || path
  return shorten(name.toWellFormed(), 60)
    .replace(/[^\p{L}\p{N} ._+/=,…-]/gu, '_')
    .replace(/--+/g, '-')
}
