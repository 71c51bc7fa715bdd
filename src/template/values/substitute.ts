import type { ScalarNode, TemplateNode } from '../document/template-node.ts'
import { type Evaluated, isUnknown, plainText, unknowns } from './evaluated.ts'
import { reference } from './reference.ts'
import type { Evaluate, Scope } from './scope.ts'
import { unknown } from './unknown.ts'

const PLACEHOLDER = /\$\{(!?)([^{}]*)\}/g

/** `Fn::Sub`: a text, or a text and a map of its own names. `${!Name}` stands for `${Name}` itself. */
export function substitute(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  const [text, own] = argument.kind === 'list' ? argument.items : [argument]
  if (text?.kind !== 'scalar') return unknown(argument, '`Fn::Sub`', 'is not written as a text, or a text and a map')
  const pieces: Evaluated[] = []
  let at = 0
  for (const match of text.text.matchAll(PLACEHOLDER)) {
    const [whole, literal, name = ''] = match
    pieces.push({ value: text.text.slice(at, match.index) })
    at = match.index + whole.length
    pieces.push(literal === '!' ? { value: `\${${name}}` } : named(name.trim(), text, own, scope, evaluate))
  }
  pieces.push({ value: text.text.slice(at) })
  const missing = unknowns(pieces)
  if (missing.length > 0) return { unknown: missing }
  return { value: pieces.map((piece) => ('value' in piece ? plainText(piece.value) : '')).join('') }
}

function named(
  name: string,
  text: ScalarNode,
  own: TemplateNode | undefined,
  scope: Scope,
  evaluate: Evaluate,
): Evaluated {
  const variable = own?.kind === 'map' ? own.entries.get(name) : undefined
  const [resource = ''] = name.split('.')
  const isAttribute = variable === undefined && name.includes('.') && scope.resources.has(resource)
  if (isAttribute) return attributeOf(resource, text)
  const result = variable === undefined ? reference(name, text, scope) : evaluate(variable, scope)
  if (isUnknown(result) || !('value' in result)) return result
  const isText = plainText(result.value) !== undefined
  return isText ? result : unknown(text, `\`\${${name}}\``, 'is a list, which cannot stand in a text')
}

/** `Fn::GetAtt`: what a resource says of itself, once it is made. */
export function getAttribute(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  const result = evaluate(argument, scope)
  const value = 'value' in result ? result.value : undefined
  const name = Array.isArray(value) ? value[0] : typeof value === 'string' ? value.split('.')[0] : undefined
  if (typeof name !== 'string')
    return unknown(argument, '`Fn::GetAtt`', 'is not written as a resource and its attribute')
  if (!scope.resources.has(name)) return unknown(argument, `\`${name}\``, 'is no resource of the template')
  return attributeOf(name, argument)
}

function attributeOf(resource: string, node: TemplateNode): Evaluated {
  const why = 'is known once the stack is deployed'
  return unknown(node, `an attribute of the resource \`${resource}\``, why, { resource })
}
