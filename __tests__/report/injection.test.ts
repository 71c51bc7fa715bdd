import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logText } from '../../src/adapters/actions.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { nodesOf, parseMarkdown } from '../builders/github-markdown.ts'
import { CONTROLS, expectHarmless } from '../builders/harmless-markdown.ts'
import { HOSTILE, hostileText } from '../builders/hostile.ts'
import { makeReport } from '../builders/report.ts'
import { reportArbitrary } from '../builders/report-arbitrary.ts'

const RUN = 'https://github.example/o/r/actions/runs/1'
const harmless = (text: string) => expectHarmless(text, (url) => url === RUN)

describe('nothing that came from an artifact is more than text', () => {
  const size = { findings: 6, cases: 3, notChecked: 3 }

  it('in the comment and the summary, of whatever it is made', () => {
    fc.assert(
      fc.property(reportArbitrary(hostileText(), size), (report) => {
        harmless(renderMarkdown(report, { budget: 65_000, runUrl: RUN, commit: 'a1b2c3d4e5f6' }))
      }),
      { numRuns: 100 },
    )
  })

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
