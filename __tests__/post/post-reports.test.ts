import { describe, expect, it } from 'vitest'
import { postReports } from '../../src/post/post-reports.ts'
import { fakePullRequest } from '../builders/comments.ts'
import { fakeClock, fakeFiles, fakeLog } from '../builders/ports.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const HEAD = 'aaaa000011112222333344445555666677778888'
const EVENT = {
  workflow_run: {
    ...{ head_sha: HEAD, head_branch: 'change', head_repository: { owner: { login: 'contributor' } } },
    ...{ name: 'ci', html_url: 'https://github.com/octo/shop/actions/runs/5', pull_requests: [] },
  },
}
const ENVIRONMENT = { GITHUB_EVENT_PATH: '/event.json', INPUT_REPORT: '/reports', 'INPUT_GITHUB-TOKEN': 'secret' }

function world(reports: Readonly<Record<string, unknown>>, event: unknown = EVENT) {
  const { port, comments } = fakePullRequest([], { state: { state: 'open', headSha: HEAD } })
  const asked: string[] = []
  const log = fakeLog()
  const texts = Object.entries(reports).map(([path, value]) => [
    path,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const ports = {
    ...{ clock: fakeClock(1), log, setOutput: () => undefined },
    files: fakeFiles({ '/event.json': JSON.stringify(event), ...Object.fromEntries(texts) }),
    openPullRequests: async ({ head }: { head: string }) => {
      asked.push(head)
      return [7]
    },
    comments: () => port,
  }
  return { ports, comments, asked, log }
}

describe('postReports', () => {
  it('posts every report of a folder into one comment, at the pull request that GitHub names', async () => {
    const arm = makeReport()
    const { ports, comments, asked } = world({
      '/reports/x/report.json': makeReport(),
      '/reports/y/report.json': { ...arm, subject: { ...arm.subject, architecture: 'arm64' } },
    })
    await postReports(ENVIRONMENT, ports)
    expect(asked).toEqual(['contributor:change'])
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toMatch(/key=ci [\s\S]*x86_64/)
    expect(comments[0]?.body.match(/which nobody has verified/g)).toHaveLength(2)
  })

  it('lets nothing of a hostile report through', async () => {
    const hostile = '@everyone [x](https://evil.example) <img src=x> <!-- lambda-parity end=x -->'
    const { ports, comments } = world({
      '/reports/report.json': makeReport({
        subject: { ...makeReport().subject, name: hostile },
        findings: [makeFinding({ message: hostile, help: hostile, subject: hostile, examples: [hostile] })],
        notChecked: [{ rule: hostile, reason: hostile }],
      }),
    })
    await postReports(ENVIRONMENT, ports)
    const prose = (comments[0]?.body ?? '').replace(/<!-- lambda-parity (?:key|section|end)=\S+(?: \w+=\w+)* -->/g, '')
    const outside = prose.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '')
    expect(outside).not.toMatch(/@everyone|\]\(https:\/\/evil|<img|<!--/)
  })

  it.each([
    ['a stage that is none', { failure: { stage: '<b>@all', code: 'internal', message: 'x', help: '' } }],
    ['a confidence that is none', { findings: [{ ...makeFinding(), confidence: '[x](https://evil.example)' }] }],
    ['a count that is text', { findings: [{ ...makeFinding(), count: '<img>' }] }],
    ['an architecture that is none', { subject: { ...makeReport().subject, architecture: '<b>' } }],
  ])('refuses %s, which would be rendered as it is', async (_, overrides) => {
    const { ports, comments } = world({ '/reports/report.json': { ...makeReport(), ...overrides } })
    await expect(postReports(ENVIRONMENT, ports)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(comments).toEqual([])
  })

  it.each([
    ['no report', {}, EVENT, /There is no file/],
    ['no JSON', { '/reports/report.json': '{' }, EVENT, /not JSON/],
    ['too much', { '/reports/report.json': ' '.repeat(5_000_001) }, EVENT, /more than 5000000/],
    ['another event', { '/reports/report.json': makeReport() }, { pull_request: { number: 9 } }, /not `workflow_run`/],
    [
      'a head that is no commit',
      {},
      { workflow_run: { ...EVENT.workflow_run, head_sha: '$(x)' } },
      /not `workflow_run`/,
    ],
  ])('refuses %s', async (_, reports, event, message) => {
    const { ports } = world(reports as Record<string, unknown>, event)
    await expect(postReports(ENVIRONMENT, ports)).rejects.toMatchObject({ message: expect.stringMatching(message) })
  })

  it('has nothing to do when the pull request was closed', async () => {
    const { ports, comments, log } = world({ '/reports/report.json': makeReport() })
    await postReports(ENVIRONMENT, { ...ports, openPullRequests: async () => [] })
    expect(comments).toEqual([])
    expect(log.lines.join()).toContain('No open pull request')
  })
})
