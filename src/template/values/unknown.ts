import type { TemplateNode } from '../document/template-node.ts'
import type { Unknown } from './evaluated.ts'

/** A value that cannot be told: `what` it is, and `why` as the rest of the sentence. */
export function unknown(
  { line }: TemplateNode,
  what: string,
  why: string,
  rest: Pick<Unknown, 'parameter' | 'resource'> = {},
): { readonly unknown: readonly Unknown[] } {
  return { unknown: [{ what, why, line, ...rest }] }
}
