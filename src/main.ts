import { randomUUID } from 'node:crypto'
import { actionsLog } from './adapters/actions.ts'
import { connect, connectPost } from './adapters/connect.ts'
import { localFiles } from './adapters/files.ts'
import { readContext } from './context.ts'
import { ActionError, toActionError } from './errors.ts'
import { postReports } from './post/post-reports.ts'
import { run } from './run/run.ts'
import { VERSION } from './version.ts'

/** A cancelled run has five seconds: what still hangs after the report is ended here. */
const CANCEL_MS = 4_500

async function main(): Promise<void> {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      setTimeout(() => process.exit(1), CANCEL_MS).unref()
      const help =
        'The report shows what was published or deployed by then; a call that was under way at that moment may have taken effect without its answer. Run the job again to finish it: what is there already is not sent again.'
      controller.abort(new ActionError('cancelled', `The run was cancelled (${name}).`, { help }))
    })
  }
  actionsLog.info(`lambda-parity ${VERSION} on Node.js ${process.version}`)
  const context = await readContext(process.env, (path) => localFiles.readText(path))
  // Only the action in comment/ has this input: it posts what another run has found.
  if (process.env.INPUT_REPORT) return await postReports(process.env, connectPost(context, actionsLog))
  const own = { runId: randomUUID(), signal: controller.signal, log: actionsLog }
  const report = await run({ environment: process.env, ...own }, connect(context, own))
  process.exitCode = report.verdict === 'failed' ? 1 : 0
}

main().catch((thrown: unknown) => {
  const error = toActionError(thrown)
  const what = process.env.INPUT_REPORT ? 'posted' : 'written'
  actionsLog.error(`The report could not be ${what}. ${error.message}\n${error.help}`)
  actionsLog.debug(error.stack ?? '')
  process.exitCode = 1
})
