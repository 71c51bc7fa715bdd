import { ActionError } from '../../errors.ts'

/** What became of the alias when verifying failed: it waits for stage `verify`. */
export function aliasNotMoved(error: ActionError, alias: string): ActionError {
  const left = `The alias ${alias} was neither created nor moved: whoever invokes it gets what it pointed at before.`
  return new ActionError(error.code, error.message, { help: `${left} ${error.help}`, cause: error })
}
