import type { TemplateNode } from '../document/template-node.ts'
import { type Evaluated, isUnknown, type Plain, plainText, unknowns } from './evaluated.ts'
import type { Evaluate, Scope } from './scope.ts'
import { unknown } from './unknown.ts'

/** `Fn::Join: [delimiter, list]`. */
export function join(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  const [delimiter, list] = pair(argument, scope, evaluate)
  if (delimiter === undefined || list === undefined) return malformed(argument, 'Fn::Join', 'a delimiter and a list')
  const missing = unknowns([delimiter, list])
  if (missing.length > 0) return { unknown: missing }
  const parts = items(list)?.map(plainText)
  const between = text(delimiter)
  if (between === undefined || parts === undefined || parts.includes(undefined))
    return malformed(argument, 'Fn::Join', 'a delimiter and a list of texts')
  return { value: parts.join(between) }
}

/** `Fn::Split: [delimiter, text]`. What is cut out of a secret is one. */
export function split(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  const [delimiter, source] = pair(argument, scope, evaluate)
  if (delimiter === undefined || source === undefined) return malformed(argument, 'Fn::Split', 'a delimiter and a text')
  const missing = unknowns([delimiter, source])
  if (missing.length > 0) return { unknown: missing }
  const [at, whole] = [text(delimiter), text(source)]
  if (at === undefined || at === '' || whole === undefined)
    return malformed(argument, 'Fn::Split', 'a delimiter and a text')
  const pieces = whole.split(at)
  const holdsSecret = [...scope.secrets].some((secret) => secret !== '' && whole.includes(secret))
  if (holdsSecret) for (const piece of pieces) scope.secrets.add(piece)
  return { value: pieces }
}

/** `Fn::Select: [index, list]`. Of a written list only the chosen element is looked at. */
export function select(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  if (argument.kind !== 'list' || argument.items.length !== 2)
    return malformed(argument, 'Fn::Select', 'an index and a list')
  const [indexNode, listNode] = argument.items as readonly [TemplateNode, TemplateNode]
  const chosen = evaluate(indexNode, scope)
  if (isUnknown(chosen)) return chosen
  const index = Number(text(chosen) ?? Number.NaN)
  if (!Number.isInteger(index)) return malformed(argument, 'Fn::Select', 'an index and a list')
  const written = listNode.kind === 'list' ? listNode.items[index] : undefined
  if (written !== undefined) return evaluate(written, scope)
  const list = listNode.kind === 'list' ? { value: [] } : evaluate(listNode, scope)
  if (isUnknown(list)) return list
  const value = items(list)?.[index]
  return value === undefined ? unknown(argument, `element ${index} of the list`, 'does not exist') : { value }
}

/** `Fn::Length`: how many items a list has (AWS::LanguageExtensions). */
export function length(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  const list = evaluate(argument, scope)
  if (isUnknown(list)) return list
  const value = items(list)
  return value === undefined ? malformed(argument, 'Fn::Length', 'a list') : { value: value.length }
}

function pair(argument: TemplateNode, scope: Scope, evaluate: Evaluate): readonly Evaluated[] {
  if (argument.kind !== 'list' || argument.items.length !== 2) return []
  return argument.items.map((item) => evaluate(item, scope))
}

function items(result: Evaluated): readonly Plain[] | undefined {
  return 'value' in result && Array.isArray(result.value) ? result.value : undefined
}

function text(result: Evaluated): string | undefined {
  return 'value' in result ? plainText(result.value) : undefined
}

function malformed(argument: TemplateNode, name: string, form: string): Evaluated {
  return unknown(argument, `\`${name}\``, `is not written as ${form}`)
}
