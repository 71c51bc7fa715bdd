import { ActionError } from '../errors.ts'
import { BUILDER_CAUSES } from './build-causes.ts'
import { readBuildProblem } from './build-log.ts'
import { STEP_CAUSES } from './step-causes.ts'

const UNKNOWN_HELP = 'Correct what is named above; the log group of the build shows everything that was printed.'

/** `build-failed` with the failing step, its Dockerfile line, its last output and what to do. `log` is the end of the build's log. */
export function buildFailure(log: string, exitCode: number): ActionError {
  const { reason: said, location, step, output } = readBuildProblem(log)
  // The builder quotes the command that failed, which stands in the step already and may hold any of the words that are looked for.
  const [, exit] = /^(?:process ".*"|executor failed running ).*(exit code: \d+)$/.exec(said) ?? []
  const reason = exit ?? said
  const words = step?.startsWith('[internal]') ? `${step}\n${reason}` : reason
  const cause = exit
    ? STEP_CAUSES.find(({ pattern }) => pattern.test([...output, exit].join('\n')))
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
