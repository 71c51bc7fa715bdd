import * as core from '@actions/core'
import type { SetOutput } from '../outputs.ts'
import type { Log } from '../ports/log.ts'
import type { Summary } from '../ports/summary.ts'
import { plain } from '../report/escape.ts'

/**
 * Text that the runner cannot take for a workflow command: it reads a line as one when the line, leading white space
 * aside, begins with `::`, or holds `##[` anywhere (actions/runner ActionCommand.TryParseV2 and TryParse).
 */
export function logText(text: string): string {
  return plain(text)
    .split('\n')
    .map((line) => line.replace(/^(\s*):(?=:)/, '$1: ').replaceAll('##[', '## ['))
    .join('\n')
}

/** The job log of a GitHub Actions run. */
export const actionsLog: Log = {
  info: (message) => core.info(logText(message)),
  warning: (message) => core.warning(logText(message)),
  error: (message) => core.error(logText(message)),
  // Debug lines are commands themselves: @actions/core escapes them.
  debug: (message) => core.debug(plain(message)),
  group: (title, work) => core.group(logText(title), work),
  mask: (value) => {
    if (value !== '') core.setSecret(value)
  },
}

/** The job summary; outside of Actions there is none and nothing is written. */
export const actionsSummary: Summary = {
  async write(markdown) {
    if (!process.env.GITHUB_STEP_SUMMARY) return
    await core.summary.addRaw(markdown, true).write()
  },
}

/** Sets an output of the step. */
export const setActionsOutput: SetOutput = (name, value) => {
  if (value !== undefined) core.setOutput(name, value)
}
