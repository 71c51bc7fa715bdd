import { child, entriesOf, type TemplateNode, textOf } from '../document/template-node.ts'
import type { Unknown } from './evaluated.ts'

/** A parameter that a template declares, with the text it has: given, else its default. */
export type Parameter = {
  readonly name: string
  readonly line: number
  /** `String`, `Number`, `List<…>`, `CommaDelimitedList`, `AWS::SSM::Parameter::Value<…>`, … */
  readonly type: string
  /** Absent: neither given nor with a default that is a value (of an SSM parameter it is a key). */
  readonly text?: string
  /** Why there is no text, when the stack around a nested one passes a value that only a deployment knows. */
  readonly unknown?: readonly Unknown[]
  readonly given: boolean
  readonly noEcho: boolean
  /** What CloudFormation would accept; empty: anything. */
  readonly allowed: readonly string[]
}

/** The parameters of a template by name. */
export function readParameters(
  section: TemplateNode | undefined,
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, Parameter> {
  return new Map(entriesOf(section).map(([name, node]) => [name, parameter(name, node, given)]))
}

function parameter(name: string, node: TemplateNode, given: Readonly<Record<string, string>>): Parameter {
  const type = textOf(child(node, 'Type')) ?? 'String'
  const isGiven = Object.hasOwn(given, name)
  const text = isGiven ? given[name] : type.startsWith('AWS::SSM::') ? undefined : defaultText(child(node, 'Default'))
  const allowed = child(node, 'AllowedValues')
  return {
    name,
    line: node.line,
    type,
    given: isGiven,
    noEcho: /^(?:true|yes|on)$/i.test(textOf(child(node, 'NoEcho')) ?? ''),
    allowed: allowed?.kind === 'list' ? allowed.items.map((item) => textOf(item) ?? '') : [],
    ...(text === undefined ? {} : { text }),
  }
}

/** An empty default is one; a list's items are joined as the type's text has them. */
function defaultText(node: TemplateNode | undefined): string | undefined {
  if (node?.kind === 'list') return node.items.map((item) => textOf(item) ?? '').join(',')
  if (node?.kind !== 'scalar') return undefined
  return typeof node.value === 'boolean' ? String(node.value) : node.text
}

/** Whether a reference to it gives a list. */
export function isListParameter({ type }: Parameter): boolean {
  return /(?:^|<)(?:CommaDelimitedList|List<)/.test(type)
}

/** The items of a list parameter's text. */
export function listItems(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim())
}
