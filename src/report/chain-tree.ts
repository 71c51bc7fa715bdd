import { shorten } from './escape.ts'

/** A file and what it loads. `lost`: the loader does not find it. */
export type ChainNode = { readonly name: string; readonly lost: boolean; readonly children: readonly ChainNode[] }

const ARROW = ' -> '
const LOST = / \(not found\)$/
const MOST_LINES = 24

/**
 * The dependency chains that break, of a finding whose examples are such (`a.so -> libb.so.1 -> libc.so.2 (not found)`),
 * joined where they begin alike. Empty for any other finding.
 */
export function chainForest(examples: readonly string[]): readonly ChainNode[] {
  const chains = examples.filter((example) => example.includes(ARROW) && LOST.test(example))
  return grow(chains.map((chain) => chain.split(ARROW)))
}

function grow(chains: readonly (readonly string[])[]): ChainNode[] {
  const byHead = new Map<string, string[][]>()
  for (const [head, ...rest] of chains) {
    if (head === undefined) continue
    byHead.set(head, [...(byHead.get(head) ?? []), rest])
  }
  return [...byHead].map(([head, rests]) => ({
    name: head.replace(LOST, ''),
    lost: LOST.test(head),
    children: grow(rests.filter((rest) => rest.length > 0)),
  }))
}

/** As `tree` draws it. */
export function treeLines(forest: readonly ChainNode[]): string {
  const lines = forest.flatMap((root) => [label(root), ...below(root.children, '')])
  const shown = lines.slice(0, MOST_LINES)
  return [...shown, ...(lines.length > MOST_LINES ? [`… ${lines.length - MOST_LINES} more lines`] : [])].join('\n')
}

function below(children: readonly ChainNode[], indent: string): string[] {
  return children.flatMap((child, index) => {
    const last = index === children.length - 1
    return [
      `${indent}${last ? '└─ ' : '├─ '}${label(child)}`,
      ...below(child.children, `${indent}${last ? '   ' : '│  '}`),
    ]
  })
}

function label({ name, lost }: ChainNode): string {
  return `${shorten(name, 120).replaceAll('\n', ' ')}${lost ? '   ✗ not found' : ''}`
}
