import type { ListNode, MapNode, TemplateNode } from '../document/template-node.ts'
import { type Evaluated, isUnknown, type Plain, type Unknown, unknowns } from './evaluated.ts'
import { FUNCTIONS } from './functions.ts'
import { type Scope, TOO_MUCH, withinBudget } from './scope.ts'
import { unknown } from './unknown.ts'

const LONGEST_TEXT = 1024 * 1024
// CloudFormation resolves these at deployment; their text may stand inside a longer one.
const DYNAMIC = /\{\{resolve:/

/**
 * The value of a node. Never throws: what cannot be told comes back with every reason. Only what the result depends on is
 * looked at: the branch that a condition chose, the element that was selected.
 */
export function evaluate(node: TemplateNode, scope: Scope): Evaluated {
  const result = withinBudget(scope, () => evaluateNode(node, scope))
  return result === undefined ? unknown(node, 'the template', TOO_MUCH) : settled(node, result)
}

function evaluateNode(node: TemplateNode, scope: Scope): Evaluated {
  switch (node.kind) {
    case 'scalar':
      return { value: scope.asWritten && node.value !== null ? node.text : scalarValue(node.value, node.text) }
    case 'list':
      return evaluateList(node, scope)
    case 'map': {
      const call = functionCall(node)
      return call === undefined ? evaluateMap(node, scope) : evaluateCall(node, call, scope)
    }
  }
}

/** Whole numbers beyond what a double holds keep their digits (account ids, timestamps). */
function scalarValue(value: string | number | boolean | null, text: string): Plain {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value
}

type Call = { readonly name: string; readonly argument: TemplateNode }

/** The function that a map calls; `undefined` when it is a map of its own. */
export function functionCall({ entries }: MapNode): Call | undefined {
  if (entries.size !== 1) return undefined
  const [[name, argument] = []] = entries
  if (name === undefined || argument === undefined) return undefined
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined
}

function evaluateCall(node: MapNode, { name, argument }: Call, scope: Scope): Evaluated {
  const implementation = FUNCTIONS[name]
  if (implementation === undefined) return unknown(node, `\`${name}\``, 'is not resolved before deployment')
  return implementation(argument, scope, evaluate)
}

function evaluateList(node: ListNode, scope: Scope): Evaluated {
  const results = node.items.map((item) => evaluate(item, scope))
  const missing = unknowns(results)
  if (missing.length > 0) return { unknown: missing }
  return { value: results.flatMap((one) => ('value' in one ? [one.value] : [])) }
}

function evaluateMap(node: MapNode, scope: Scope): Evaluated {
  const results = [...node.entries].map(([key, value]) => [key, evaluate(value, scope)] as const)
  const missing: readonly Unknown[] = unknowns(results.map(([, result]) => result))
  if (missing.length > 0) return { unknown: missing }
  return { value: Object.fromEntries(results.flatMap(([key, one]) => ('value' in one ? [[key, one.value]] : []))) }
}

/** What holds for every result: no text that only a deployment resolves, and none that aliases made huge. */
function settled(node: TemplateNode, result: Evaluated): Evaluated {
  if (isUnknown(result) || !('value' in result) || typeof result.value !== 'string') return result
  if (DYNAMIC.test(result.value)) {
    return unknown(node, 'a dynamic reference `{{resolve:…}}`', 'is only read when the stack is deployed')
  }
  if (result.value.length > LONGEST_TEXT) return unknown(node, 'a text', 'is longer than 1 MB')
  return result
}
