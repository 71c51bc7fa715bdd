import type { Nodes, Root, RootContent, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** GitHub-flavoured Markdown as a reader of its own sees it (micromark: not the code that is tested). */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

export function nodesOf(root: Root): (Root | RootContent)[] {
  const all: (Root | RootContent)[] = []
  const visit = (node: Nodes) => {
    all.push(node as RootContent)
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(root)
  return all
}

/** Tags as they open and close, in order; text between them left out. */
export function tagsOf(root: Root): string[] {
  return nodesOf(root).flatMap((node) => (node.type === 'html' ? (node.value.match(/<[^>]*>?/g) ?? []) : []))
}

/** Tags that are never closed, or closed without having been opened. */
export function unbalanced(tags: readonly string[]): string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const tag of tags) {
    const [, slash, name = ''] = /^<(\/?)(\w+)/.exec(tag) ?? []
    if (name === 'br' || name === 'wbr') continue
    if (slash === '') open.push(name)
    else if (open.at(-1) === name) open.pop()
    else wrong.push(tag)
  }
  return [...wrong, ...open]
}

/** Rows that have another number of cells than their head. */
export function raggedRows(root: Root): Table[] {
  const tables = nodesOf(root).filter((node): node is Table => node.type === 'table')
  return tables.filter(({ children: [head, ...rows] }) =>
    rows.some((row) => row.children.length !== head?.children.length),
  )
}
