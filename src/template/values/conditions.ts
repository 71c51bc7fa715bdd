import { entriesOf, type TemplateNode, textOf } from '../document/template-node.ts'
import { type Evaluated, isUnknown, type Truth, unknowns } from './evaluated.ts'
import { type Evaluate, type Scope, TOO_MUCH, withinBudget } from './scope.ts'
import { unknown } from './unknown.ts'

const TRUE: Truth = { truth: true }
const FALSE: Truth = { truth: false }

/** The condition of that name, worked out once. One that cannot be told says why. */
export function conditionNamed(name: string, node: TemplateNode, scope: Scope, evaluate: Evaluate): Truth {
  const known = scope.known.get(name)
  if (known === 'open') return unknown(node, `the condition \`${name}\``, 'depends on itself')
  if (known !== undefined) return known
  const definition = scope.conditions?.kind === 'map' ? scope.conditions.entries.get(name) : undefined
  if (definition === undefined) return unknown(node, `the condition \`${name}\``, 'is not in the template')
  scope.known.set(name, 'open')
  const truth = truthOf(definition, scope, evaluate)
  scope.known.set(name, truth)
  return truth
}

/** `Fn::If: [condition, then, else]`. Of a condition that cannot be told both sides may still say the same. */
export function choose(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  const [condition, then, otherwise] = argument.kind === 'list' ? argument.items : []
  const name = textOf(condition)
  if (name === undefined || then === undefined || otherwise === undefined)
    return unknown(argument, '`Fn::If`', 'is not written as a condition and two values')
  const truth = conditionNamed(name, argument, scope, evaluate)
  if (!isUnknown(truth)) return evaluate(truth.truth ? then : otherwise, scope)
  const [one, other] = [evaluate(then, scope), evaluate(otherwise, scope)]
  const same = !isUnknown(one) && JSON.stringify(one) === JSON.stringify(other)
  return same ? one : truth
}

/** And, Or, Not, Equals, or another condition. Unknown parts only matter where they decide. */
function truthOf(node: TemplateNode, scope: Scope, evaluate: Evaluate): Truth {
  return withinBudget(scope, () => truthOfNode(node, scope, evaluate)) ?? unknown(node, 'the template', TOO_MUCH)
}

function truthOfNode(node: TemplateNode, scope: Scope, evaluate: Evaluate): Truth {
  const [[name, argument] = []] = entriesOf(node)
  const parts = argument?.kind === 'list' ? argument.items : []
  switch (name) {
    case 'Condition':
      return conditionNamed(textOf(argument) ?? '', node, scope, evaluate)
    case 'Fn::Not':
      return negated(parts[0] === undefined ? malformed(node) : truthOf(parts[0], scope, evaluate))
    case 'Fn::And':
      return combined(parts, false, scope, evaluate)
    case 'Fn::Or':
      return combined(parts, true, scope, evaluate)
    case 'Fn::Equals':
      return equal(parts, node, scope, evaluate)
    default:
      return malformed(node)
  }
}

/** One part that is `decisive` settles it, whatever the others are. */
function combined(parts: readonly TemplateNode[], decisive: boolean, scope: Scope, evaluate: Evaluate): Truth {
  const truths = parts.map((part) => truthOf(part, scope, evaluate))
  if (truths.some((one) => !isUnknown(one) && one.truth === decisive)) return decisive ? TRUE : FALSE
  const missing = unknowns(truths)
  if (missing.length > 0) return { unknown: missing }
  return decisive ? FALSE : TRUE
}

function negated(truth: Truth): Truth {
  return isUnknown(truth) ? truth : { truth: !truth.truth }
}

/** Compared as texts, as CloudFormation does: `true` and `"true"` are equal, `True` as a text is neither. */
function equal(parts: readonly TemplateNode[], node: TemplateNode, scope: Scope, evaluate: Evaluate): Truth {
  if (parts.length !== 2) return malformed(node)
  const results = parts.map((part) => evaluate(part, scope))
  const missing = unknowns(results)
  if (missing.length > 0) return { unknown: missing }
  const [one, other] = results.map((result) => ('value' in result ? textual(result.value) : undefined))
  return one === other ? TRUE : FALSE
}

function textual(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function malformed(node: TemplateNode): Truth {
  return unknown(node, 'a condition', 'is not written as Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition')
}
