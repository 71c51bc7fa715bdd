import type { Parser } from './parsers.ts'

/** One input of the action: how its text is read, and what action.yml declares about it. */
export type InputRow<T> = {
  readonly parse: Parser<T>
  /**
   * `default:` in action.yml. The runner hands it over like a written value, so a text equal to it counts as not given.
   * Only for inputs that neither a template nor the function's configuration can supply.
   */
  readonly declaredDefault?: string
  /** The value never reaches a message. */
  readonly secret?: true
}
