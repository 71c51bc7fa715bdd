import { isReservedVariable, VARIABLE_NAME } from '../../inputs/smoke-inputs.ts'
import { child, entriesOf, type TemplateNode } from '../document/template-node.ts'
import type { Place, Supplies } from '../supplies.ts'
import { evaluate, functionCall } from '../values/evaluate.ts'
import { isUnknown, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import { chosen } from './chosen.ts'

/** Variables with a value, and the names of those that only a deployment knows. */
export type EnvironmentVariables = {
  readonly set: Readonly<Record<string, string>>
  readonly notSet: readonly string[]
}

/** `Environment.Variables` of a function. What Lambda would refuse is left out, with a warning. */
export function environmentVariables(
  properties: TemplateNode | undefined,
  scope: Scope,
  supplies: Supplies,
): EnvironmentVariables {
  const environment = chosen(child(properties, 'Environment'), scope)
  const variables = 'node' in environment ? chosen(child(environment.node, 'Variables'), scope) : environment
  if (!('node' in variables)) {
    // Which variables there are depends on a condition: all that there may be are said to be missing.
    return { set: {}, notSet: [...new Set(possibleNames(child(properties, 'Environment')))] }
  }
  const set: Record<string, string> = {}
  const notSet: string[] = []
  for (const [name, node] of entriesOf(variables.node)) {
    const place = { property: `Environment.Variables.${name}`, line: node.line }
    if (name.startsWith('Fn::')) {
      supplies.warn(place, 'Which variables it brings is only known once the stack is deployed. They are left out.')
      continue
    }
    if (!isSettable(name, place, supplies)) continue
    const result = evaluate(node, scope)
    if (isUnknown(result)) {
      supplies.unresolved(undefined, place, result.unknown, false)
      notSet.push(name)
    } else if ('value' in result) {
      const text = result.value === null ? '' : plainText(result.value)
      if (text !== undefined) set[name] = text
      else {
        supplies.warn(place, 'It is a list or a map, which no environment variable can be. It is left out.')
        notSet.push(name)
      }
    }
  }
  return { set, notSet }
}

function isSettable(name: string, place: Place, supplies: Supplies): boolean {
  if (VARIABLE_NAME.test(name) && !isReservedVariable(name)) return true
  const why = isReservedVariable(name) ? 'The smoke sets variables of that kind itself' : 'Lambda refuses the name'
  supplies.warn(place, `${why}. It is left out.`)
  return false
}

/** Names under every branch of every condition. */
function possibleNames(node: TemplateNode | undefined): readonly string[] {
  const call = node?.kind === 'map' ? functionCall(node) : undefined
  if (call?.name === 'Fn::If' && call.argument.kind === 'list')
    return call.argument.items.slice(1).flatMap(possibleNames)
  if (call !== undefined) return []
  const variables = child(node, 'Variables')
  return variables === undefined ? entriesOf(node).map(([name]) => name) : possibleNames(variables)
}
