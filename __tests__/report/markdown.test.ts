import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const ROOMY = { budget: 1_000_000, runUrl: 'https://github.example/o/r/actions/runs/1', commit: 'a1b2c3d4e5f6a7b8' }

describe('renderMarkdown', () => {
  it('renders a passing report', () => {
    expect(renderMarkdown(makeReport(), ROOMY)).toMatchSnapshot()
  })

  it('renders a failing report', () => {
    const report = makeReport({
      verdict: 'failed',
      findings: [
        makeFinding(),
        makeFinding({
          rule: 'os-release',
          level: 'warning',
          message: 'build is newer',
          subject: 'os',
          help: 'Pin it.',
        }),
        makeFinding({ rule: 'handler', level: 'note', ignored: 'known', help: '' }),
      ],
      notChecked: [{ rule: 'package-drift', reason: 'the runtime image carries no package database' }],
      smoke: {
        status: 'failed',
        constraints: { network: { value: 'none', enforced: false } },
        cases: [
          {
            name: 'default',
            status: 'failed',
            millis: 90,
            error: { type: 'Runtime.ImportModuleError', message: 'Cannot load' },
            logTail: 'line 1\nline 2',
          },
        ],
      },
      failure: { stage: 'check', code: 'findings', message: '1 error', help: 'See above.' },
    })
    const text = renderMarkdown(report, ROOMY)
    expect(text.split('\n')[0]).toBe('### ❌ get-customer (x86_64) will not run on Lambda: 1 error')
    expect(text).toMatchSnapshot()
  })

  it('says in the first line which stage could not do its work', () => {
    const report = makeReport({
      verdict: 'failed',
      failure: {
        stage: 'build',
        code: 'build-failed',
        message: 'npm ci failed\nline 1\nline 2',
        help: 'Run it locally.',
      },
    })
    const text = renderMarkdown(report, ROOMY)
    expect(text.split('\n')[0]).toContain('could not be built')
    expect(text).toContain('line 1\nline 2')
  })

  it('never claims that a run that was not invoked runs', () => {
    const report = makeReport({ smoke: { status: 'skipped', reason: 'off', constraints: {}, cases: [] } })
    expect(renderMarkdown(report, ROOMY).split('\n')[0]).toContain('it was not invoked')
  })

  it.each([300, 1_000, 3_000, 10_000])(
    'stays within %i characters by leaving out whole parts, and says so',
    (budget) => {
      const findings = Array.from({ length: 60 }, (_, index) =>
        makeFinding({ subject: `/var/task/${index}`, message: `file ${index} \`${'x'.repeat(index * 7)}\`` }),
      )
      const text = renderMarkdown(makeReport({ findings, verdict: 'failed' }), { budget })
      expect(text.length).toBeLessThanOrEqual(budget)
      expect(text).toContain('Left out for length')
      expect((text.match(/^```/gm) ?? []).length % 2).toBe(0)
      expect((text.match(/<details>/g) ?? []).length).toBe((text.match(/<\/details>/g) ?? []).length)
      expect(text.split('\n')[0]).toContain('will not run on Lambda: 60 errors')
    },
  )
})
