import { ActionError } from '../errors.ts'

/** One wrong input. `value` is never set for inputs that carry secrets. */
export type InputProblem = {
  readonly input: string
  readonly value?: string
  /** Why it is wrong and what is accepted: whole sentences. */
  readonly why: string
}

const LONGEST_SHOWN = 80

/** Every wrong input of a run as the one error that stops it. */
export function invalidInputs(problems: readonly InputProblem[]): ActionError {
  const lines = problems.map(describeProblem)
  const message =
    lines.length === 1 ? `Input ${lines[0]}` : `${lines.length} inputs are wrong:\n- ${lines.join('\n- ')}`
  return new ActionError('invalid-input', message, {
    help: 'Correct them in the `with:` block of this step; the README describes every input. Nothing was built.',
  })
}

/** `` `fail-on` is `errors`. Accepted: … `` */
export function describeProblem({ input, value, why }: InputProblem): string {
  return value === undefined ? `\`${input}\`: ${why}` : `\`${input}\` is \`${shortened(value)}\`. ${why}`
}

/** Words as a sentence lists them: `` `a`, `b` or `c` ``. */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
}

/** One line of at most 80 characters, as a value is shown in a sentence. */
export function shortened(value: string): string {
  const line = value.replace(/\s+/g, ' ').replaceAll('`', "'")
  return line.length <= LONGEST_SHOWN ? line : `${line.slice(0, LONGEST_SHOWN - 1)}…`
}
