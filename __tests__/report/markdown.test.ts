import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { nodesOf, parseMarkdown } from '../builders/github-markdown.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const ROOMY = { budget: 1_000_000, runUrl: 'https://github.example/o/r/actions/runs/1', commit: 'a1b2c3d4e5f6a7b8' }

describe('renderMarkdown', () => {
  it('renders a passing report', () => {
    expect(renderMarkdown(makeReport(), ROOMY)).toMatchSnapshot()
  })

  it('renders tools whose names every object has', () => {
    const { environments, ...report } = makeReport()
    const runtime = { reference: 'x', source: 'scanned', tools: { constructor: '1.2', node: '22.1.0' } } as const
    const artifact = { ...runtime, tools: { valueOf: '3.4' } }
    const text = renderMarkdown({ ...report, environments: { ...environments, runtime, artifact } }, ROOMY)
    expect(text).toMatch(/\| construc\S* \| – \| 1\.2 \| – \|/)
    expect(text).toMatch(/\| valueOf \| – \| – \| 3\.4 \|/)
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

  it('gives a reason that holds for several rules once, and counts the rules', () => {
    const reason = 'the layer was not read to its end'
    const text = renderMarkdown(
      makeReport({
        notChecked: [
          { rule: 'missing-library', reason },
          { rule: 'package-drift', reason: 'no database' },
          { rule: 'symbol-version', reason },
        ],
      }),
      ROOMY,
    )
    expect(text).toContain('Not checked: 3')
    expect(text).toContain(`- \`missing-library\`, \`symbol-version\`: ${reason}\n- \`package-drift\`: no database\n`)
  })

  it('gives a fix that mends several once', () => {
    const help = 'Let the stage start from the base.\nFROM base AS build'
    const findings = ['/a.so', '/b.so', '/c.so'].map((subject) => makeFinding({ subject, help }))
    const text = renderMarkdown(makeReport({ verdict: 'failed', findings }), ROOMY)
    expect(text.match(/FROM base AS build/g)).toHaveLength(1)
    expect(text.match(/Fix: that of error 1 mends this one too\./g)).toHaveLength(2)
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
    const { publication: _, ...unpublished } = report
    const text = renderMarkdown(unpublished, ROOMY)
    expect(text.split('\n')[0]).toContain('could not be built')
    expect(text).toContain('line 1\nline 2')
    expect(text).toContain('**Nothing was published, and nothing was invoked:** the run ended at build.')
    expect(text).not.toContain('**Smoke:**')
  })

  it('says nothing twice: what the message has said, what the emulator notes about itself, a failed case that is told above', () => {
    const log = '21 Nov 2026 21:15:14,819 [INFO] (rapid) INIT RTDONE(status: success)\n'
    const smoke = makeFinding({
      rule: 'smoke',
      subject: 'default',
      message: 'It failed with Error: no table',
      help: '',
    })
    const library = makeFinding({
      message: '`a.so` needs `b.so`; the build stage `build` has it in `/usr/lib`',
      actual: 'not found; the build stage `build` has it in `/usr/lib`',
      examples: ['a.so'],
    })
    const failed = { name: 'default', status: 'failed', millis: 1, error: { type: 'E', message: 'no table' } } as const
    const text = renderMarkdown(
      makeReport({
        verdict: 'failed',
        findings: [library, smoke],
        smoke: { status: 'failed', constraints: {}, cases: [{ ...failed, logTail: log }] },
      }),
      ROOMY,
    )
    expect(text.match(/no table/g)).toHaveLength(1)
    expect(text.match(/the build stage `build` has it/gi)).toHaveLength(1)
    expect(text).toContain('- actual: not found\n')
    expect(text).not.toMatch(/rapid|found: `a\.so`/)
  })

  it('keeps links to documentation in advice, and no other', () => {
    const help =
      'See https://docs.aws.amazon.com/lambda/x.html. Not https://docs.aws.amazon.com.evil.example/x nor https://evil.example.'
    const text = renderMarkdown(makeReport({ verdict: 'failed', findings: [makeFinding({ help })] }), ROOMY)
    const links = nodesOf(parseMarkdown(text)).flatMap((node) => (node.type === 'link' ? [node.url] : []))
    expect(links).toEqual(['https://docs.aws.amazon.com/lambda/x.html', ROOMY.runUrl])
  })

  it('shows where the bytes are only when that is a question', () => {
    const folders = [{ path: '/var/lang', bytes: 100_000_000 }]
    const of = (uncompressed: number, before?: number) =>
      renderMarkdown(
        makeReport({
          subject: { ...makeReport().subject, bytes: { uncompressed }, largestFolders: folders },
          ...(before === undefined
            ? {}
            : {
                baseline: {
                  source: 'image',
                  reference: 'app:1',
                  bytes: { uncompressed },
                  largestFolders: [{ path: '/var/lang', bytes: before }],
                },
              }),
        }),
        ROOMY,
      )
    expect(of(200_000_000)).not.toContain('Where the')
    expect(of(3 * 1024 ** 3)).toContain('Where the')
    expect(of(200_000_000, 100_000_000)).not.toContain('Where the')
    expect(of(200_000_000, 50_000_000)).toContain('+48 MB')
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
