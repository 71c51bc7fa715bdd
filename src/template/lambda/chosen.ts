import type { TemplateNode } from '../document/template-node.ts'
import { conditionNamed } from '../values/conditions.ts'
import { evaluate, functionCall } from '../values/evaluate.ts'
import { isUnknown, type Unknown } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'

/**
 * The node that stands behind `Fn::If`s: what is in it can then be looked at one by one. `undefined`: nothing is there,
 * or `AWS::NoValue`.
 */
export function chosen(
  node: TemplateNode | undefined,
  scope: Scope,
): { readonly node: TemplateNode | undefined } | { readonly unknown: readonly Unknown[] } {
  let at = node
  for (;;) {
    const call = at?.kind === 'map' ? functionCall(at) : undefined
    if (call?.name === 'Ref' && call.argument.kind === 'scalar' && call.argument.text === 'AWS::NoValue')
      return { node: undefined }
    const [condition, then, otherwise] = call?.argument.kind === 'list' ? call.argument.items : []
    if (call?.name !== 'Fn::If' || condition?.kind !== 'scalar') return { node: at }
    const truth = conditionNamed(condition.text, condition, scope, evaluate)
    if (isUnknown(truth)) return truth
    at = truth.truth ? then : otherwise
  }
}
