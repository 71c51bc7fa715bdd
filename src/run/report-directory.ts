import { resolve } from 'node:path'
import { defaultReportDirectory } from '../context.ts'
import { ActionError, toActionError } from '../errors.ts'
import { reportInLayer } from '../resolve/report-in-layer.ts'
import type { Known } from './known.ts'
import type { RunPorts } from './run-ports.ts'

/**
 * Writes into `report-dir`; when nothing can be written there, into the default, since a report is written on every path.
 * The folder is absolute, so that the outputs name the files for whoever reads them, from any folder.
 */
export async function inReportDirectory<T>(
  { read, context, plan }: Known,
  { log, files }: Pick<RunPorts, 'log' | 'files'>,
  write: (directory: string) => Promise<T>,
): Promise<T> {
  const fallback = defaultReportDirectory(context)
  // A run that was refused for it must not do it.
  const refused = await reportInLayer(read.inputs, context, files)
  const asked = refused
    ? fallback
    : resolve(plan?.report.directory ?? read.inputs['report-dir'] ?? defaultReportDirectory(context))
  try {
    return await write(asked)
  } catch (error) {
    // An ActionError is about what is written, not about where.
    if (asked === fallback || error instanceof ActionError) throw error
    log.warning(
      `Nothing can be written to \`report-dir\`, ${asked}: ${toActionError(error).message}. ${fallback} is taken instead.`,
    )
    return await write(fallback)
  }
}
