import { nearestNames } from '../nearest-names.ts'

const PREFIX = 'INPUT_'

/**
 * Warnings for `with:` keys that are no input of this action. The runner hands every key over as INPUT_<NAME>; its own
 * warning neither names the input that was meant nor reaches the report.
 */
export function unknownInputs(
  environment: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): readonly string[] {
  return Object.keys(environment)
    .filter((variable) => variable.startsWith(PREFIX))
    .map((variable) => variable.slice(PREFIX.length).toLowerCase())
    .filter((name) => !known.includes(name))
    .map((name) => {
      const [meant] = nearestNames(name, known)
      const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
      return `\`${name}\` is not an input of this version and has no effect.${hint}`
    })
}
