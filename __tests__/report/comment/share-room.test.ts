import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBody, parseBody, type Section } from '../../../src/report/comment/comment-body.ts'
import { mergeSections } from '../../../src/report/comment/merge-sections.ts'
import { COMMENT_CHARACTERS, fairShare, shareRoom } from '../../../src/report/comment/share-room.ts'
import { blocksOf, shortenSection } from '../../../src/report/comment/shorten-section.ts'
import { renderMarkdown } from '../../../src/report/markdown.ts'
import type { Report } from '../../../src/report/report.ts'
import { parseMarkdown, tagsOf, unbalanced } from '../../builders/github-markdown.ts'
import { hostileText } from '../../builders/hostile.ts'
import { seeded } from '../../builders/random.ts'
import { reportArbitrary } from '../../builders/report-arbitrary.ts'

const section = (subject: string, text: string, at = 1): Section => ({ subject, at, text })
const report = (paragraphs: number) =>
  ['### verdict', ...Array.from({ length: paragraphs }, (_, index) => `paragraph ${index} ${'x'.repeat(90)}`)].join(
    '\n\n',
  )

describe('fairShare', () => {
  it.each([
    [[10, 10], 100, 100],
    [[10, 500], 100, 90],
    [[500, 500], 100, 50],
    [[10, 500, 500], 100, 45],
    [[], 100, 100],
  ])('%j in %i: %i', (lengths, free, share) => expect(fairShare(lengths, free)).toBe(share))
})

describe('shareRoom', () => {
  it('gives the room that others leave, and shortens whoever has more than a share', () => {
    const others = [section('image/a/x86_64', report(500)), section('image/b/x86_64', 'small')]
    const asked: number[] = []
    const own = {
      ...section('image/c/x86_64', ''),
      render: (budget: number) => {
        asked.push(budget)
        return report(600).slice(0, budget)
      },
    }
    const shared = shareRoom('ci', others, own)
    const body = formatBody('ci', shared)
    expect(body.length).toBeLessThanOrEqual(COMMENT_CHARACTERS)
    expect(shared.map(({ subject }) => subject)).toEqual(['image/a/x86_64', 'image/b/x86_64', 'image/c/x86_64'])
    expect(shared[1]?.text).toBe('small')
    expect(asked[1]).toBeGreaterThan(30_000)
    expect(shared[0]?.text).toContain('_Shortened to leave room')
  })

  it('comes to rest: what was shared once is not shortened again', () => {
    const own = { ...section('image/c/x86_64', ''), render: (budget: number) => report(600).slice(0, budget) }
    const once = shareRoom('ci', [section('image/a/x86_64', report(500))], own)
    expect(shareRoom('ci', once)).toEqual(once)
  })

  it('stays within the limit for any number of sections of any size, each with its verdict', () => {
    const random = seeded(7)
    const below = (number: number) => Math.floor(random() * number)
    for (let round = 0; round < 60; round++) {
      const sections = Array.from({ length: 1 + below(40) }, (_, index) =>
        section(`image/${index}/x86_64`, report(below(900))),
      )
      const shared = shareRoom('ci', sections)
      expect(formatBody('ci', shared).length).toBeLessThanOrEqual(COMMENT_CHARACTERS)
      expect(shared.every(({ text }) => text.startsWith('### verdict'))).toBe(true)
    }
  })
})

describe('shortenSection', () => {
  const fence = ['```', 'a', '', 'b', '```'].join('\n')
  const details = ['<details><summary>x</summary>', '', 'inside', '', '</details>'].join('\n')

  it('cuts at blank lines outside of fences and details only', () => {
    expect(blocksOf(['### v', '', fence, '', details, '', 'end'].join('\n'))).toEqual(['### v', fence, details, 'end'])
  })

  it('keeps whole blocks in order and says that it has left some out', () => {
    const text = ['### v', '', `${fence}${'\n'}`, 'y'.repeat(400), '', 'end'].join('\n')
    const shortened = shortenSection(text, 200)
    expect(shortened).toContain(fence)
    expect(shortened).toContain('end')
    expect(shortened).not.toContain('yyy')
    expect(shortened.endsWith('its job._')).toBe(true)
    expect(shortened.length).toBeLessThanOrEqual(200)
  })

  it('is never longer than its budget, also of one endless line', () => {
    for (const budget of [0, 1, 40, 200])
      expect(shortenSection('#'.repeat(999), budget).length).toBeLessThanOrEqual(budget)
  })
})

describe('mergeSections', () => {
  it('is a join: any order, any repetition, the same sections', () => {
    const parts = [section('a', 'old', 1), section('a', 'new', 2), section('b', 'x', 1), section('c', 'y', 3)]
    const expected = [parts[1], parts[2], parts[3]]
    const sorted = (list: Section[]) => list.toSorted((one, other) => (one.subject < other.subject ? -1 : 1))
    expect(sorted(mergeSections(parts))).toEqual(expected)
    expect(sorted(mergeSections([...mergeSections(parts.toReversed()), ...parts]))).toEqual(expected)
  })
})

describe('a body', () => {
  it('is read back as it was written, whatever the subject', () => {
    const sections = [
      section('image/--> <b>/x86_64', 'x\n\ny', 5),
      { ...section('layer/ä b/arm64', 'z'), commit: 'abc123' },
    ]
    const body = formatBody('ci --> x', sections)
    expect(body.split('\n')[0]).toBe('<!-- lambda-parity key=ci%20%2D%2D%3E%20x -->')
    expect(parseBody(body)).toEqual(sections)
  })

  it('leaves out sections whose markers somebody damaged', () => {
    const body = formatBody('ci', [section('a', 'x'), section('b', 'y')]).replace('section=a ', 'section=%E0%A4%A ')
    expect(parseBody(body).map(({ subject }) => subject)).toEqual(['b'])
  })

  // GitHub says characters (code points); bytes of four per character is where it was measured to refuse.
  it('stays within the limit however GitHub counts, for rendered reports of any characters', () => {
    const size = { findings: 6, cases: 3, notChecked: 3 }
    const texts = fc.oneof(hostileText(4), fc.constantFrom('😀'.repeat(700), '漢'.repeat(900), 'x'.repeat(900)))
    const reports = fc.array(reportArbitrary(texts, size), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(reports, (all) => {
        const render = (report: Report) => (budget: number) => renderMarkdown(report, { budget })
        const [first, ...rest] = all as [Report, ...Report[]]
        const others = rest.map((one, index) => section(`image/${index}/x86_64`, render(one)(COMMENT_CHARACTERS)))
        const own = { ...section('layer/😀/arm64', ''), render: render(first) }
        const shared = shareRoom('ci 😀', others, own)
        const body = formatBody('ci 😀', shared)
        expect(body.length).toBeLessThanOrEqual(65_536)
        expect([...body].length).toBeLessThanOrEqual(65_536)
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(262_144)
        expect(body).toBe(body.toWellFormed())
        expect(parseBody(body).map(({ subject }) => subject)).toHaveLength(all.length)
        for (const { text } of parseBody(body)) expect(unbalanced(tagsOf(parseMarkdown(text)))).toEqual([])
      }),
      { numRuns: 5, endOnFailure: true },
    )
  })
})
