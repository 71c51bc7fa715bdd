import type { TemplateNode } from '../document/template-node.ts'
import { child, entriesOf, textOf } from '../document/template-node.ts'
import type { Evaluated, Truth } from './evaluated.ts'
import { isListParameter, listItems, type Parameter, readParameters } from './parameters.ts'
import type { PseudoValues } from './pseudo-parameters.ts'

/** What the values of one template depend on. Conditions are remembered, and values that nobody may read collected. */
export type Scope = {
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly pseudo: PseudoValues
  readonly conditions: TemplateNode | undefined
  readonly mappings: TemplateNode | undefined
  /** Logical id to type of every resource. */
  readonly resources: ReadonlyMap<string, string>
  /** Values of NoEcho parameters, and what was cut out of them. */
  readonly secrets: Set<string>
  readonly known: Map<string, Truth | 'open'>
  /** Scalars as they are written (`1.10`, `yes`) in place of what YAML takes them for. */
  readonly asWritten: boolean
  /** What is left of the work that one template may cause: aliases make a small text large. */
  readonly budget: { steps: number; depth: number }
}

const MOST_STEPS = 200_000
const DEEPEST = 200
export const TOO_MUCH = 'refers to itself, or grows too large when its references and aliases are followed'

/** Does a piece of the work, unless that would be too much; references may lead in circles. `undefined`: it would be. */
export function withinBudget<T>({ budget }: Scope, work: () => T): T | undefined {
  budget.steps -= 1
  if (budget.steps < 0 || budget.depth > DEEPEST) return undefined
  budget.depth += 1
  try {
    return work()
  } finally {
    budget.depth -= 1
  }
}

/** The scope of one template. `given`: the lines of `template-parameters`. */
export function templateScope(
  root: TemplateNode,
  given: Readonly<Record<string, string>>,
  pseudo: PseudoValues,
): Scope {
  const resources = entriesOf(child(root, 'Resources')).map(
    ([id, resource]) => [id, textOf(child(resource, 'Type')) ?? ''] as const,
  )
  const parameters = readParameters(child(root, 'Parameters'), given)
  return {
    parameters,
    pseudo,
    conditions: child(root, 'Conditions'),
    mappings: child(root, 'Mappings'),
    resources: new Map(resources),
    secrets: new Set([...parameters.values()].flatMap(secretTexts)),
    known: new Map(),
    asWritten: false,
    budget: { steps: MOST_STEPS, depth: 0 },
  }
}

/** A list's items may be used one by one. */
function secretTexts(parameter: Parameter): readonly string[] {
  const { noEcho, text } = parameter
  if (!noEcho || text === undefined) return []
  return isListParameter(parameter) ? listItems(text) : [text]
}

/** The same template, scalars taken as written. */
export function asWritten(scope: Scope): Scope {
  return { ...scope, asWritten: true }
}

export type Evaluate = (node: TemplateNode, scope: Scope) => Evaluated
