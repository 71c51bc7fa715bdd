import { describe, expect, it } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { deliverReport } from '../../src/report/deliver.ts'
import { fakePullRequest } from '../builders/comments.ts'
import { fakeClock, fakeFiles, fakeLog } from '../builders/ports.ts'
import { makeReport } from '../builders/report.ts'

const refused = () => Promise.reject(new ActionError('access-denied', 'GitHub refused (403)', { help: 'permissions' }))
const readOnly = { ...fakePullRequest().port, create: refused, update: refused }

function ports() {
  const outputs: Record<string, unknown> = {}
  const summaries: string[] = []
  return {
    outputs,
    summaries,
    clock: fakeClock(),
    files: fakeFiles(),
    log: fakeLog(),
    summary: { write: async (markdown: string) => void summaries.push(markdown) },
    setOutput: (name: string, value: unknown) => {
      outputs[name] = value
    },
  }
}

describe('deliverReport', () => {
  it('writes both files, the summary and the outputs', async () => {
    const to = ports()
    const said = await deliverReport(
      makeReport(),
      { directory: '/tmp/r', repository: { workspace: '/w' }, comment: { skipped: 'no pull request' } },
      to,
    )
    expect(said).toBe('no comment: no pull request')
    expect(JSON.parse(to.files.written['/tmp/r/report.json'] ?? '')).toMatchObject({ schema: 1, verdict: 'passed' })
    expect(to.summaries).toEqual([to.files.written['/tmp/r/report.md']])
    expect(to.outputs).toEqual({
      'report-json': '/tmp/r/report.json',
      'report-markdown': '/tmp/r/report.md',
      'report-sarif': '/tmp/r/report.sarif',
    })
  })

  it('a refused comment is a warning that names the remedy, and everything else is written', async () => {
    const to = ports()
    const comment = { key: 'ci', comments: readOnly }
    const said = await deliverReport(
      makeReport(),
      { directory: '/tmp/r', repository: { workspace: '/w' }, comment },
      to,
    )
    expect(said).toContain('could not be posted')
    expect(to.log.lines.join('\n')).toMatch(/warning: .*403[\s\S]*permissions/)
    expect(to.summaries).toHaveLength(1)
    expect(to.outputs).not.toHaveProperty('comment-url')
  })

  it('what no setting of the job can give is a warning too, with what can be done', async () => {
    const to = ports()
    const comment = { skipped: 'a fork', remedy: 'see the recipe' }
    await deliverReport(makeReport(), { directory: '/tmp/r', repository: { workspace: '/w' }, comment }, to)
    expect(to.log.lines).toContain('warning: There is no comment: a fork.\nsee the recipe')
  })
})
