import type { TemplateNode } from '../document/template-node.ts'
import type { Supplies } from '../supplies.ts'
import type { SuppliedInput } from '../template-read.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown, type Plain, plainText, type Unknown } from '../values/evaluated.ts'
import { asWritten, type Scope } from '../values/scope.ts'

/** What a property says: a value, nothing, or something that only a deployment knows. */
export type Stated<T> =
  | { readonly value: T; readonly line: number }
  | { readonly unknown: readonly Unknown[] }
  | undefined

/** The value of a property; nothing for `null` and `AWS::NoValue`. Scalars as they are written. */
export function stated(node: TemplateNode | undefined, scope: Scope): Stated<Plain> {
  if (node === undefined) return undefined
  const result = evaluate(node, asWritten(scope))
  if (isUnknown(result)) return result
  return 'value' in result && result.value !== null ? { value: result.value, line: node.line } : undefined
}

/**
 * The text of a property that stands for `input`. One that cannot be told is a problem where it is needed, and is not even
 * looked at when the input was given.
 */
export function statedText(
  property: string,
  node: TemplateNode | undefined,
  input: SuppliedInput,
  scope: Scope,
  supplies: Supplies,
): string | undefined {
  if (node === undefined || !supplies.isOpen(input)) return undefined
  const place = { property, line: node.line }
  const found = stated(node, scope)
  if (found === undefined) return undefined
  if ('unknown' in found) {
    supplies.unresolved(input, place, found.unknown, true)
    return undefined
  }
  const text = plainText(found.value)
  if (text === undefined) supplies.problem(place, 'A text is needed, and it is a list or a map.', input)
  return text
}
