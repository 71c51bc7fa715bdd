import fc from 'fast-check'
import type { RootContent } from 'mdast'
import { describe, expect, it } from 'vitest'
import { logText } from '../../src/adapters/actions.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { nodesOf, parseMarkdown, tagsOf, unbalanced } from '../builders/github-markdown.ts'
import { HOSTILE, hostileText } from '../builders/hostile.ts'
import { makeReport } from '../builders/report.ts'
import { reportArbitrary } from '../builders/report-arbitrary.ts'

const RUN = 'https://github.example/o/r/actions/runs/1'
/** What the report itself writes in HTML. */
const OWN_TAGS = /^<\/?(?:details|summary|sub|b|code)>$|^<w?br>$/
const OWN_HEADINGS = /^(?:What is wrong|Smoke under Lambda's constraints: \d+ of \d+ failed)$/
const LANGUAGES = ['dockerfile', 'json', 'yaml', 'xml', 'sh', 'text', 'mermaid']
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be gone
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/

/** What GitHub makes of text beyond Markdown: mentions, references to issues, addresses. */
const ACTIVE = /@[\p{L}\p{N}_-]|#\d|\bGH-\d|[a-z]:\/\/|www\./iu

function harmless(text: string): void {
  const root = parseMarkdown(text)
  expect(text).not.toMatch(CONTROLS)
  expect(text).not.toContain('<!--')
  expect(tagsOf(root).filter((tag) => !OWN_TAGS.test(tag))).toEqual([])
  expect(unbalanced(tagsOf(root))).toEqual([])
  for (const node of nodesOf(root)) judge(node)
}

function judge(node: RootContent | { readonly type: 'root' }): void {
  switch (node.type) {
    case 'link':
      expect(node.url).toBe(RUN)
      break
    case 'text':
      expect(node.value).not.toMatch(ACTIVE)
      break
    case 'html':
      expect(node.value.replace(/<[^>]*>/g, '')).not.toMatch(ACTIVE)
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

describe('nothing that came from an artifact is more than text', () => {
  const size = { findings: 6, cases: 3, notChecked: 3 }

  it('in the comment and the summary, of whatever it is made', () => {
    fc.assert(
      fc.property(reportArbitrary(hostileText(), size), (report) => {
        harmless(renderMarkdown(report, { budget: 65_000, runUrl: RUN, commit: 'a1b2c3d4e5f6' }))
      }),
      { numRuns: 100 },
    )
  }, 120_000)

  it.each(HOSTILE.map((piece) => [piece] as const))('%j in every place, alone and beside words', (piece) => {
    const texts = fc.constantFrom(piece, `a${piece}b`, `a ${piece} b`, `${piece}${piece}`, `\`${piece}\``)
    fc.assert(
      fc.property(reportArbitrary(texts, size), (report) =>
        harmless(renderMarkdown(report, { budget: 65_000, runUrl: RUN })),
      ),
      { numRuns: 3 },
    )
  })

  it('a commit or an address of the run ends no link', () => {
    const markdown = renderMarkdown(makeReport(), {
      budget: 65_000,
      runUrl: 'https://h/a)[x](http://evil',
      commit: '`<b>',
    })
    const links = nodesOf(parseMarkdown(markdown)).filter(({ type }) => type === 'link')
    expect(links).toHaveLength(1)
  })
})

describe('nothing in the log is a command of the runner', () => {
  /** actions/runner ActionCommand: TryParseV2 (after TrimStart) and TryParse. */
  const isCommand = (line: string) => line.trimStart().startsWith('::') || line.includes('##[')

  it('whatever is written', () => {
    fc.assert(
      fc.property(hostileText(10), (written) => {
        const lines = logText(written).split(/\r\n|\r|\n/)
        expect(lines.filter(isCommand)).toEqual([])
        expect(lines.join('')).not.toMatch(CONTROLS)
      }),
      { numRuns: 2_000 },
    )
  })
})
