import * as core from '@actions/core'
import type { SetOutput } from '../outputs.ts'
import type { Annotation, Log } from '../ports/log.ts'
import type { Summary } from '../ports/summary.ts'
import { plain } from '../report/escape.ts'
import { hide } from '../smoke/disclosure.ts'

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

/** Annotations of one level that the runner takes from a step; it drops the rest (actions/runner ExecutionContext). */
const MOST_ANNOTATIONS = 10
type Level = Annotation['level']
const PRINT = { error: core.error, warning: core.warning, notice: core.notice }
const printed: Record<Level, number> = { error: 0, warning: 0, notice: 0 }

// What is masked is not even handed to the runner, which only covers it up.
const masked = new Set<string>()
const withoutMasked = (text: string) => hide([...masked]).text(text)
const shown = (text: string) => logText(withoutMasked(text))

/** An annotation while the runner takes more of them, else a line of the log. */
function say(level: Level, message: string, properties: core.AnnotationProperties = {}): void {
  printed[level] += 1
  if (printed[level] <= MOST_ANNOTATIONS) PRINT[level](shown(message), properties)
  else core.info(shown(`${level}: ${message}`))
}

/** The job log of a GitHub Actions run; this process is one step of it. */
export const actionsLog: Log = {
  info: (message) => core.info(shown(message)),
  warning: (message) => say('warning', message),
  error: (message) => say('error', message),
  // Debug lines are commands themselves: @actions/core escapes them.
  debug: (message) => core.debug(plain(withoutMasked(message))),
  annotate: ({ level, title, message, place }) =>
    say(level, message, {
      title: plain(withoutMasked(title)),
      ...(place === undefined ? {} : { file: plain(withoutMasked(place.file)), startLine: place.line }),
    }),
  group: (title, work) => core.group(shown(title), work),
  mask: (value) => {
    if (value === '') return
    masked.add(value)
    core.setSecret(value)
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
