import { expect, it } from 'vitest'
import { causes, explainedBy } from '../../src/report/causes.ts'
import { headline } from '../../src/report/headline.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const lack = makeFinding({ rule: 'missing-library', subject: '/var/task/a.node', confirmedBy: ['default'] })
const smoke = makeFinding({ rule: 'smoke', subject: 'default', predictedBy: ['missing-library /var/task/a.node'] })

it('a failed case that was predicted is told with what predicted it, and counted once', () => {
  const report = makeReport({ verdict: 'failed', findings: [lack, smoke] })
  expect(causes(report)).toEqual([lack])
  expect(explainedBy('default', report)).toEqual({ number: 1, by: 'predicted' })
  expect(headline(report).text).toContain('will not run on Lambda: 1 error')
})

it('a warning that cases failed on is told once in their place, as what it turned out to be', () => {
  const names = ['import a', 'import b']
  const warning = makeFinding({ ...lack, level: 'warning', confidence: 'heuristic', confirmedBy: names })
  const failed = names.map((subject) => makeFinding({ ...smoke, subject }))
  const other = makeFinding({ level: 'warning', subject: '/var/task/other.node' })
  const cases = names.map(
    (name) => ({ name, status: 'failed', millis: 1, error: { type: 'E', message: 'lost' } }) as const,
  )
  const report = makeReport({
    verdict: 'failed',
    findings: [...failed, warning, other],
    smoke: { status: 'failed', constraints: {}, cases },
  })
  expect(causes(report)).toEqual([warning])
  expect(explainedBy('import b', report)).toEqual({ number: 1, by: 'warned' })
  expect(headline(report).text).toContain('1 error')
  const markdown = renderMarkdown(report, { budget: 65_000 })
  expect(markdown).toContain('(`missing-library`, proven by the smoke)')
  expect(markdown).toContain('❌ `import b`: lost – error 1 says why')
  expect(markdown).toContain('<summary>1 warning</summary>')
})

it('where the prediction is ignored, the case speaks for itself', () => {
  const report = makeReport({ verdict: 'failed', findings: [{ ...lack, ignored: 'known' }, smoke] })
  expect(causes(report)).toEqual([smoke])
})

it('warnings that stop the run are told in full, others are folded', () => {
  const warning = makeFinding({ level: 'warning' })
  const stopping = { 'fail-on': { value: 'warning', source: 'input' } } as const
  expect(causes(makeReport({ findings: [warning], plan: stopping }))).toEqual([warning])
  expect(causes(makeReport({ findings: [warning] }))).toEqual([])
})

it('what is fixed is listed and counted nowhere', () => {
  const markdown = renderMarkdown(
    makeReport({ findings: [makeFinding({ status: 'fixed' })], baseline: { source: 'report', reference: 'old.json' } }),
    { budget: 65_000 },
  )
  expect(markdown.split('\n')[0]).toContain('✅')
  expect(markdown).toContain('<summary>Fixed since the baseline: 1</summary>')
  expect(markdown).toContain('0 new · 1 fixed · 0 unchanged')
})

it('a run whose checks never came to be says that nothing was checked', () => {
  const stages = [{ name: 'check', status: 'skipped', seconds: 0, detail: 'the image does not exist yet' }] as const
  const skipped = { status: 'skipped', reason: 'x', constraints: {}, cases: [] } as const
  expect(headline(makeReport({ verdict: 'warned', stages, smoke: skipped }))).toEqual({
    icon: '⚠️',
    text: 'get-customer (x86_64) was not checked: the image does not exist yet',
  })
})
