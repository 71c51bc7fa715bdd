import type { TemplateApplied } from '../template/apply-template.ts'
import { BUILD_INPUTS } from './build-inputs.ts'
import { CHECK_INPUTS } from './check-inputs.ts'
import type { InputRow } from './input-row.ts'
import { LAYER_INPUTS } from './layer-inputs.ts'
import type { InputProblem } from './problem.ts'
import { PUBLISH_INPUTS } from './publish-inputs.ts'
import { REPORT_INPUTS } from './report-inputs.ts'
import { SMOKE_INPUTS } from './smoke-inputs.ts'
import { SUBJECT_INPUTS } from './subject-inputs.ts'
import { TEMPLATE_INPUTS } from './template-inputs.ts'
import { unknownInputs } from './unknown-inputs.ts'

/** Every input of the action, in the order of action.yml: the only list of their names. */
export const INPUTS = {
  ...SUBJECT_INPUTS,
  ...TEMPLATE_INPUTS,
  ...BUILD_INPUTS,
  ...LAYER_INPUTS,
  ...CHECK_INPUTS,
  ...SMOKE_INPUTS,
  ...PUBLISH_INPUTS,
  ...REPORT_INPUTS,
} as const

export type InputName = keyof typeof INPUTS
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[]
type ValueOf<Row> = Row extends InputRow<infer T> ? T : never

/** What the workflow said, valid and typed, by the input's own name; `undefined`: not given (or wrong, then there is a problem). */
export type Inputs = { readonly [Name in InputName]: ValueOf<(typeof INPUTS)[Name]> | undefined }

export type InputsRead = {
  readonly inputs: Inputs
  readonly problems: readonly InputProblem[]
  readonly warnings: readonly string[]
  /** Set once a template has been read: `inputs` then holds what it supplies too. */
  readonly template?: TemplateApplied
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads every input from the runner's environment (INPUT_<NAME>: upper case, hyphens kept; absent or empty: not given).
 * Never throws: all that is wrong stands in `problems`.
 */
export function readInputs(environment: Environment): InputsRead {
  const problems: InputProblem[] = []
  const values = Object.entries<InputRow<unknown>>(INPUTS).map(([name, row]) => {
    const text = (environment[`INPUT_${name.toUpperCase()}`] ?? '').trim()
    if (text === '' || text === row.declaredDefault) return [name, undefined]
    const before = problems.length
    const value = row.parse(text, (why, part = text) => {
      problems.push({ input: name, why, ...(row.secret || part === '' ? {} : { value: part }) })
    })
    return [name, problems.length > before ? undefined : value]
  })
  const inputs = Object.fromEntries(values) as Inputs
  return { inputs, problems, warnings: unknownInputs(environment, INPUT_NAMES) }
}

/** What must be masked in the log before anything is written to it. */
export function secretValues(inputs: Inputs): readonly string[] {
  const secrets = (inputs.secrets ?? []).flatMap((secret) => ('value' in secret ? [secret.value] : []))
  return inputs['github-token'] === undefined ? secrets : [...secrets, inputs['github-token']]
}
