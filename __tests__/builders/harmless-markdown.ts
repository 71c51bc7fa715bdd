import type { Root, RootContent } from 'mdast'
import { expect } from 'vitest'
import { nodesOf, parseMarkdown, tagsOf, unbalanced } from './github-markdown.ts'

/** What the report itself writes in HTML. */
const OWN_TAGS = /^<\/?(?:details|summary|sub|b|code|span)>$|^<w?br>$/
const OWN_HEADINGS = /^(?:What is wrong|Smoke under Lambda's constraints: \d+ of \d+ failed)$/
const LANGUAGES = ['dockerfile', 'json', 'yaml', 'xml', 'sh', 'text', 'mermaid']
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be gone
export const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/

/** What GitHub makes of text beyond Markdown: mentions, references to issues and commits, emoji, mathematics. */
const ACTIVE = /@[\p{L}\p{N}_-]|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:[\w+-]+:|\$[^\s$][^$]*\$|\$`/iu
/** Addresses become links also inside of HTML's `<code>`, whose text is Markdown. */
const ADDRESS = /[a-z]:\/\/|www\.|[\w.+-]@[\w-]+\.\w/iu

/** Fails unless the Markdown, as a reader of its own sees it, holds nothing active but what the report writes itself. */
export function expectHarmless(text: string, isOwnLink: (url: string) => boolean): void {
  const root = parseMarkdown(text)
  expect(text).not.toMatch(CONTROLS)
  expect(text).not.toContain('<!--')
  expect(tagsOf(root).filter((tag) => !OWN_TAGS.test(tag))).toEqual([])
  expect(unbalanced(tagsOf(root))).toEqual([])
  let isCode = false
  const nodes = nodesOf(root)
  // An address that we write is the text of its own link.
  const ownText = new Set(nodes.flatMap((node) => (node.type === 'link' && isOwnLink(node.url) ? node.children : [])))
  for (const node of nodes.filter((one) => !(ownText as ReadonlySet<unknown>).has(one))) {
    if (node.type === 'html') isCode = /<\/?code>(?![\s\S]*<\/?code>)/.exec(node.value)?.[0].startsWith('<c') ?? isCode
    judge(node, isOwnLink, isCode)
  }
}

function judge(node: RootContent | Root, isOwnLink: (url: string) => boolean, isCode: boolean): void {
  switch (node.type) {
    case 'link':
      expect(isOwnLink(node.url), node.url).toBe(true)
      break
    case 'text':
      expect(node.value).not.toMatch(ADDRESS)
      if (!isCode) expect(node.value).not.toMatch(ACTIVE)
      break
    case 'html':
      for (const piece of node.value.replace(/<(code|span)>[^<]*<\/\1>/g, '<>').split(/<[^>]*>/)) {
        expect(piece).not.toMatch(ADDRESS)
        expect(piece).not.toMatch(ACTIVE)
      }
      break
    case 'code':
      if (node.lang !== null && node.lang !== undefined) expect(LANGUAGES).toContain(node.lang)
      if (node.lang === 'mermaid') for (const line of node.value.split('\n')) expect(line).toMatch(DIAGRAM_LINE)
      break
    case 'heading':
      if (node.depth !== 3) expect(text(node)).toMatch(OWN_HEADINGS)
      break
    default:
      expect(FORBIDDEN).not.toContain(node.type)
  }
}

const FORBIDDEN = [
  'image',
  'imageReference',
  'linkReference',
  'definition',
  'footnoteReference',
  'footnoteDefinition',
  'thematicBreak',
  'blockquote',
  'delete',
]
const DIAGRAM_LINE =
  /^(?:flowchart TD| {2}n\d+\["[\p{L}\p{N} ._+/=,…-]*"\](?::::lost)?| {2}n\d+ --> n\d+| {2}classDef lost [\w:#,-]+)$/u

function text(node: RootContent): string {
  return 'value' in node ? node.value : 'children' in node ? node.children.map(text).join('') : ''
}
