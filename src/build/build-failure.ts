import { ActionError } from '../errors.ts'
import { BUILDER_CAUSES, STEP_CAUSES } from './build-causes.ts'
import { readBuildProblem } from './build-log.ts'

const UNKNOWN_HELP = 'Correct what is named above; the log group of the build shows everything that was printed.'

/** `build-failed` with the failing step, its Dockerfile line, its last output and what to do. `log` is the end of the build's log. */
export function buildFailure(log: string, exitCode: number): ActionError {
  const { reason, location, step, output } = readBuildProblem(log)
  // The reason quotes the command that failed, and a command may hold any of the words that are looked for.
  const commandFailed = /^(?:process "|executor failed running )/.test(reason)
  const words = step?.startsWith('[internal]') ? `${step}\n${reason}` : reason
  const cause = commandFailed
    ? STEP_CAUSES.find(({ pattern }) => pattern.test(output.join('\n')))
    : BUILDER_CAUSES.find(({ pattern }) => pattern.test(words))
  const where = [location, step].filter((part) => part !== undefined).join(', ')
  const message = [
    `The image could not be built${where === '' ? '' : ` (${where})`}: ${cause?.summary ?? reason}`,
    ...(cause?.summary === undefined ? [] : [reason]),
    ...output,
  ]
  return new ActionError('build-failed', message.join('\n'), {
    help: cause?.help ?? UNKNOWN_HELP,
    cause: new Error(`docker buildx build exited with status ${exitCode}`),
  })
}
