import type { InputRow } from '../inputs/input-row.ts'
import { type InputProblem, shortened } from '../inputs/problem.ts'
import { INPUTS, type Inputs } from '../inputs/read-inputs.ts'
import type { SuppliedInput, TemplateDefaults } from './template-read.ts'
import type { Unknown } from './values/evaluated.ts'

/** Where a value stands: `MemorySize` of a resource, at a line. */
export type Place = { readonly property: string; readonly line: number }

/** Gathers what one resource supplies, and all that is wrong with it. */
export type Supplies = {
  /** Whether the workflow left the input to the template. What was given is not even looked at. */
  isOpen(input: SuppliedInput): boolean
  /** A typed value, valid by the way it came about. Does nothing for an input that was given. */
  set<Name extends SuppliedInput>(input: Name, value: NonNullable<Inputs[Name]>): void
  /** A text, read and judged as the input itself reads one. */
  text(input: SuppliedInput, text: string, place: Place): void
  /** A value that only a deployment knows. `needed`: the run cannot do without. `input`: could be given instead. */
  unresolved(input: SuppliedInput | undefined, place: Place, unknown: readonly Unknown[], needed: boolean): void
  problem(place: Place, why: string, input?: SuppliedInput): void
  problemIfPublished(problem: InputProblem): void
  warn(place: Place, why: string): void
  readonly gathered: {
    readonly defaults: TemplateDefaults
    readonly problems: readonly InputProblem[]
    readonly problemsIfPublished: readonly InputProblem[]
    readonly warnings: readonly string[]
    readonly needsAccount: boolean
  }
}

// Given ones are laid over those of the template, name by name.
const MERGED: readonly SuppliedInput[] = ['smoke-env', 'build-args']

/** `file` and `resource` stand in every message. */
export function supplies(given: Inputs, file: string, resource: string): Supplies {
  const defaults: Record<string, unknown> = {}
  const problems: InputProblem[] = []
  const problemsIfPublished: InputProblem[] = []
  const warnings: string[] = []
  let needsAccount = false
  const where = ({ property, line }: Place) =>
    `\`${shortened(property)}\` of \`${shortened(resource)}\` (${file}:${line})`
  const isOpen = (input: SuppliedInput) => MERGED.includes(input) || given[input] === undefined

  return {
    isOpen,
    set(input, value) {
      if (isOpen(input)) defaults[input] = value
    },
    text(input, text, place) {
      if (!isOpen(input)) return
      const row: InputRow<unknown> = INPUTS[input]
      const before = problems.length
      const value = row.parse(text, (why, part = text) => {
        const shown = row.secret || part === '' ? '' : ` is \`${shortened(part)}\`.`
        problems.push({ input: 'template', why: `${where(place)}${shown} ${why} Or set \`${input}\`.` })
      })
      if (problems.length === before && value !== undefined) defaults[input] = value
    },
    unresolved(input, place, unknown, needed) {
      if (unknown.some(({ parameter }) => parameter === 'AWS::AccountId')) needsAccount = true
      if (!needed) return
      problems.push(unresolvedProblem(where(place), input, unknown))
    },
    problem(place, why, input) {
      problems.push({
        input: 'template',
        why: `${where(place)}: ${why}${input === undefined ? '' : ` Or set \`${input}\`.`}`,
      })
    },
    problemIfPublished: (problem) => void problemsIfPublished.push(problem),
    warn: (place, why) => void warnings.push(`${where(place)}: ${why}`),
    get gathered() {
      return { defaults: defaults as TemplateDefaults, problems, problemsIfPublished, warnings, needsAccount }
    },
  }
}

/** Names what is missing, where it is used, and the line or input that would settle it. */
export function unresolvedProblem(
  where: string,
  input: SuppliedInput | undefined,
  unknown: readonly Unknown[],
): InputProblem {
  const reasons = unknown.map(({ what, why }) => `${what}, which ${why}`).join('; and ')
  const lines = unknown.flatMap(({ parameter }) => (parameter === undefined ? [] : [`\`${parameter}=…\``]))
  const ways = [
    ...(lines.length === unknown.length ? [`give ${lines.join(' and ')} in \`template-parameters\``] : []),
    ...(input === undefined ? [] : [`set \`${input}\``]),
  ]
  const fix = ways.length === 0 ? '' : ` ${ways.join(', or ').replace(/^./, (first) => first.toUpperCase())}.`
  return {
    input: lines.length === 0 ? 'template' : 'template-parameters',
    why: `${where} needs ${reasons}.${fix}`,
  }
}
