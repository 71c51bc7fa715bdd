import { toActionError } from '../errors.ts'
import type { SetOutput } from '../outputs.ts'
import type { Clock } from '../ports/clock.ts'
import type { Comments } from '../ports/comments.ts'
import type { Files } from '../ports/files.ts'
import type { Log } from '../ports/log.ts'
import type { Summary } from '../ports/summary.ts'
import { annotationsOf } from './annotations.ts'
import { upsertComment } from './comment/upsert-comment.ts'
import { renderMarkdown } from './markdown.ts'
import type { Repository } from './places.ts'
import type { Report } from './report.ts'
import { sarifOf } from './sarif/sarif.ts'

export type DeliveryPorts = {
  readonly clock: Clock
  readonly files: Files
  readonly log: Log
  readonly summary: Summary
  readonly setOutput: SetOutput
}

export type Delivery = {
  readonly directory: string
  readonly runUrl?: string
  readonly commit?: string
  /** Where annotations and SARIF find their lines. */
  readonly repository: Repository
  /** Where the comment goes, or why there is none. */
  readonly comment:
    | { readonly key: string; readonly comments: Comments }
    | { readonly skipped: string; readonly remedy?: string }
}

/** GitHub refuses a summary of more than 1 MiB (1,048,576 bytes); other text of the step may stand before ours. */
const SUMMARY_BYTES = 1_000_000

/**
 * Writes report.json, report.md and report.sarif, then annotations, the job summary and the comment, and returns what became of the comment.
 * A summary or comment that cannot be written is a warning, never a failure.
 */
export async function deliverReport(report: Report, delivery: Delivery, ports: DeliveryPorts): Promise<string> {
  const options = {
    ...(delivery.runUrl === undefined ? {} : { runUrl: delivery.runUrl }),
    ...(delivery.commit === undefined ? {} : { commit: delivery.commit }),
  }
  const markdown = renderMarkdown(report, { budget: SUMMARY_BYTES, unit: 'bytes', ...options })
  await writeReport(report, delivery.directory, ports.files)
  await ports.files.writeText(`${delivery.directory}/report.md`, markdown)
  await ports.files.writeText(`${delivery.directory}/report.sarif`, json(sarifOf(report, delivery.repository)))
  ports.setOutput('report-json', `${delivery.directory}/report.json`)
  ports.setOutput('report-markdown', `${delivery.directory}/report.md`)
  ports.setOutput('report-sarif', `${delivery.directory}/report.sarif`)
  for (const annotation of annotationsOf(report, delivery.repository)) ports.log.annotate(annotation)
  const summary = ports.summary.write(markdown).catch((error: unknown) => {
    ports.log.warning(`The job summary could not be written: ${toActionError(error).message}`)
  })
  const [said] = await Promise.all([comment(report, delivery, options, ports), summary])
  return said
}

/** report.json alone, whole or not at all. */
export async function writeReport(report: Report, directory: string, files: Files): Promise<void> {
  await files.writeText(`${directory}/report.json`, json(report))
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function comment(
  report: Report,
  delivery: Delivery,
  options: { runUrl?: string; commit?: string },
  ports: DeliveryPorts,
): Promise<string> {
  if ('skipped' in delivery.comment) {
    const { skipped, remedy } = delivery.comment
    if (remedy !== undefined) ports.log.warning(`There is no comment: ${skipped}.\n${remedy}`)
    return `no comment: ${skipped}`
  }
  const { kind, name, architecture } = report.subject
  try {
    const section = {
      key: delivery.comment.key,
      subject: `${kind}/${name}/${architecture}`,
      render: (budget: number) => renderMarkdown(report, { budget, ...options }),
      ...(delivery.commit === undefined ? {} : { commit: delivery.commit }),
    }
    const { url, remarks } = await upsertComment(delivery.comment.comments, section, ports)
    ports.setOutput('comment-url', url)
    return [`comment ${url}`, ...remarks].join('; ')
  } catch (thrown) {
    const error = toActionError(thrown)
    ports.log.warning(`The comment could not be posted. ${error.message}\n${error.help}`)
    return `comment could not be posted: ${error.message}`
  }
}
