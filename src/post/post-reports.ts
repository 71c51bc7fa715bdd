import { ActionError } from '../errors.ts'
import { lineItems } from '../inputs/list.ts'
import type { SetOutput } from '../outputs.ts'
import type { Clock } from '../ports/clock.ts'
import type { Comments } from '../ports/comments.ts'
import type { Files } from '../ports/files.ts'
import type { Log } from '../ports/log.ts'
import { upsertComment } from '../report/comment/upsert-comment.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { Report } from '../report/report.ts'
import { reportFiles } from './report-files.ts'
import { untrustedReport } from './untrusted-report.ts'
import { readWorkflowRun, type WorkflowRun } from './workflow-run.ts'

export type PostPorts = {
  readonly clock: Clock
  readonly files: Files
  readonly log: Log
  readonly setOutput: SetOutput
  /** Numbers of the open pull requests from `owner:branch`. */
  readonly openPullRequests: (target: { readonly token: string; readonly head: string }) => Promise<number[]>
  readonly comments: (target: { readonly token: string; readonly pullRequest: number }) => Comments
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Posts reports that an unprivileged run has made (docs/fork-pull-requests.md). Which pull request they go to and which
 * commit they speak of is GitHub's word; the reports are data. @throws ActionError when nothing could be posted
 */
export async function postReports(environment: Environment, ports: PostPorts): Promise<void> {
  const event = environment.GITHUB_EVENT_PATH
  const run = readWorkflowRun(event === undefined ? undefined : await ports.files.readText(event))
  if (run === undefined) throw new ActionError('invalid-input', 'The event is not `workflow_run`.', { help: RECIPE })
  const token = environment['INPUT_GITHUB-TOKEN']
  if (!token) throw new ActionError('invalid-input', 'No `github-token` is given.', { help: RECIPE })
  ports.log.mask(token)
  const paths = await reportFiles(lineItems(environment.INPUT_REPORT ?? ''), ports.files)
  if (paths.length === 0) throw new ActionError('invalid-input', 'No report.json is there.', { help: RECIPE })
  const reports = await Promise.all(paths.map((path) => readReport(path, ports.files)))
  const [pullRequest] = await ports.openPullRequests({ token, head: run.head })
  if (pullRequest === undefined) {
    ports.log.info(`No open pull request comes from ${run.head}: there is nothing to comment on.`)
    return
  }
  const key = environment['INPUT_COMMENT-KEY'] || run.name || 'lambda-parity'
  const comments = ports.comments({ token, pullRequest })
  // One after the other: they go into the same comment.
  for (const report of reports) await post(report, key, run, comments, ports)
}

async function readReport(path: string, files: Files): Promise<Report> {
  const text = await files.readText(path)
  if (text === undefined) throw new ActionError('invalid-input', `There is no file ${path}.`, { help: RECIPE })
  return untrustedReport(text, path)
}

async function post(
  report: Report,
  key: string,
  run: WorkflowRun,
  comments: Comments,
  ports: PostPorts,
): Promise<void> {
  const { kind, name, architecture } = report.subject
  const options = { commit: run.headSha, ...(run.url === undefined ? {} : { runUrl: run.url }) }
  const section = {
    ...{ key, subject: `${kind}/${name}/${architecture}`, commit: run.headSha },
    render: (budget: number) =>
      `${renderMarkdown(report, { budget: budget - UNVERIFIED.length - 1, ...options })}\n${UNVERIFIED}`,
  }
  const { url, remarks } = await upsertComment(comments, section, ports)
  ports.setOutput('comment-url', url)
  ports.log.info([`comment ${url}`, ...remarks].join('; '))
}

const UNVERIFIED =
  "<sub>Made by the pull request's own run, without credentials: a claim of its code, which nobody has verified.</sub>"
const RECIPE = 'docs/fork-pull-requests.md has the two workflows that belong together.'
