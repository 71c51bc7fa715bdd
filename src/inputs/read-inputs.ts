import { BUILD_INPUTS } from './build-inputs.ts'
import { CHECK_INPUTS } from './check-inputs.ts'
import type { InputRow } from './input-row.ts'
import type { InputProblem } from './problem.ts'
import { PUBLISH_INPUTS } from './publish-inputs.ts'
import { REPORT_INPUTS } from './report-inputs.ts'
import { SMOKE_INPUTS } from './smoke-inputs.ts'
import { SUBJECT_INPUTS } from './subject-inputs.ts'

/** Every input of the action, in the order of action.yml: the only list of their names. */
export const INPUTS = {
  ...SUBJECT_INPUTS,
  ...BUILD_INPUTS,
  ...CHECK_INPUTS,
  ...SMOKE_INPUTS,
  ...PUBLISH_INPUTS,
  ...REPORT_INPUTS,
} as const

export type InputName = keyof typeof INPUTS
type ValueOf<Row> = Row extends InputRow<infer T> ? T : never

/** What the workflow said, valid and typed, by the input's own name; `undefined`: not given (or wrong, then there is a problem). */
export type ImageInputs = { readonly [Name in InputName]: ValueOf<(typeof INPUTS)[Name]> | undefined }

export type InputsRead = { readonly inputs: ImageInputs; readonly problems: readonly InputProblem[] }

/** Reads every input through `get` (the text, `''` when not given). Never throws: all that is wrong stands in `problems`. */
export function readInputs(get: (name: string) => string): InputsRead {
  const problems: InputProblem[] = []
  const values = Object.entries<InputRow<unknown>>(INPUTS).map(([name, row]) => {
    const text = get(name).trim()
    if (text === '' || text === row.declaredDefault) return [name, undefined]
    const before = problems.length
    const value = row.parse(text, (why, part = text) => {
      problems.push({ input: name, why, ...(row.secret || part === '' ? {} : { value: part }) })
    })
    return [name, problems.length > before ? undefined : value]
  })
  return { inputs: Object.fromEntries(values) as ImageInputs, problems }
}

/** Reads an input from the runner's environment: INPUT_<NAME>, upper case, hyphens kept. */
export function inputsOf(environment: Readonly<Record<string, string | undefined>>): (name: string) => string {
  return (name) => environment[`INPUT_${name.toUpperCase()}`] ?? ''
}
