import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'
import { nodesOf, parseMarkdown, raggedRows, tagsOf, unbalanced } from '../builders/github-markdown.ts'
import { hostileText } from '../builders/hostile.ts'
import { makeFinding, makeReport } from '../builders/report.ts'
import { reportArbitrary } from '../builders/report-arbitrary.ts'

const RUN = 'https://github.example/o/r/actions/runs/1'

/** What holds of a report however much of it had to go. */
function whole(text: string): void {
  const root = parseMarkdown(text)
  const [first] = text.split('\n')
  expect(first).toMatch(/^### (?:✅|⚠️|❌) \S/)
  expect(root.children[0]).toMatchObject({ type: 'heading', depth: 3 })
  expect(unbalanced(tagsOf(root))).toEqual([])
  expect(raggedRows(root)).toEqual([])
  expect(text).toBe(text.toWellFormed())
  for (const node of nodesOf(root)) {
    if (node.type !== 'code') continue
    // A fence that was cut ends where the report does.
    const lines = text.slice(node.position?.start.offset, node.position?.end.offset).split('\n')
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.at(-1)?.trim()).toBe(/^`+/.exec(lines[0] ?? '')?.[0])
  }
}

/** Many copies with texts of any length: what a run with thousands of findings leaves. */
function grown(report: Report, copies: number, filler: string): Report {
  const findings = report.findings.flatMap((finding) =>
    Array.from({ length: copies }, (_, index) => ({
      ...finding,
      subject: `${finding.subject}${index}`,
      message: `${finding.message}${filler}`,
    })),
  )
  return { ...report, findings }
}

describe('within the limits of GitHub', () => {
  const size = { findings: 12, cases: 6, notChecked: 6 }
  const fillers = fc.constantFrom(
    '',
    'long '.repeat(400),
    '😀'.repeat(900),
    '`'.repeat(700),
    '\n'.repeat(300),
    '| '.repeat(300),
  )

  it.each([
    ['characters', 65_000, 15],
    ['characters', 4_000, 25],
    ['characters', 700, 25],
    ['bytes', 1_000_000, 4],
    ['bytes', 30_000, 15],
  ] as const)(
    'a report of any size, in %s: %i',
    (unit, budget, numRuns) => {
      fc.assert(
        fc.property(
          reportArbitrary(hostileText(), size),
          fc.constantFrom(1, 3, 30),
          fillers,
          (report, copies, filler) => {
            const text = renderMarkdown(grown(report, copies, filler), {
              budget,
              unit,
              runUrl: RUN,
              commit: 'a1b2c3d4e5f6',
            })
            expect(unit === 'bytes' ? Buffer.byteLength(text) : text.length).toBeLessThanOrEqual(budget)
            whole(text)
          },
        ),
        { numRuns },
      )
    },
    240_000,
  )

  it('every budget from nothing to enough gives a whole report', () => {
    const findings = ['error', 'warning', 'note'].flatMap((level) =>
      Array.from({ length: 4 }, (_, index) =>
        makeFinding({ level: level as 'error', subject: `/${level}/${index}`, status: 'new' }),
      ),
    )
    const report = makeReport({ verdict: 'failed', findings, notChecked: [{ rule: 'handler', reason: 'x' }] })
    const full = renderMarkdown(report, { budget: 1e9 })
    let shown = 0
    for (let budget = 600; budget < full.length + 50; budget += 37) {
      const text = renderMarkdown(report, { budget })
      expect(text.length).toBeLessThanOrEqual(budget)
      whole(text)
      // What is dearer is never given up for what is less dear.
      if (text.includes('/note/')) expect(text).toContain('/warning/')
      if (text.includes('/warning/')) expect(text).toContain('/error/0')
      shown = Math.max(shown, text.length)
    }
    expect(shown).toBe(full.length)
    expect(full).not.toContain('Left out')
  })

  it('says what was left out and where the whole is', () => {
    const findings = Array.from({ length: 900 }, (_, index) =>
      makeFinding({ level: index < 20 ? 'error' : 'note', subject: `/${index}` }),
    )
    const text = renderMarkdown(makeReport({ findings, verdict: 'failed' }), { budget: 65_000, runUrl: RUN })
    expect(text).toMatch(
      /_Left out for length: .*\d+ notes.*The full report is report\.json of the \[run\]\(https:\/\/github\.example/,
    )
    expect(text.split('\n')[0]).toContain('20 errors')
    for (let index = 0; index < 20; index++) expect(text).toContain(`\`/${index}\``)
  })

  it('keeps at least the first line where there is no room at all', () => {
    const report = makeReport({ subject: { ...makeReport().subject, name: 'n'.repeat(500) } })
    const text = renderMarkdown(report, { budget: 0 })
    expect(text.length).toBeLessThan(400)
    whole(text)
  })
})
