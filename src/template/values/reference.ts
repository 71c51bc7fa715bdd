import type { TemplateNode } from '../document/template-node.ts'
import { ABSENT, type Evaluated } from './evaluated.ts'
import { isListParameter, listItems, type Parameter } from './parameters.ts'
import { PSEUDO_NAMES, type PseudoName } from './pseudo-parameters.ts'
import type { Scope } from './scope.ts'
import { unknown } from './unknown.ts'

/** What `Ref: name`, or `${name}` in a text, stands for. A parameter's name is never taken for its value. */
export function reference(name: string, node: TemplateNode, scope: Scope): Evaluated {
  if (name === 'AWS::NoValue') return ABSENT
  const parameter = scope.parameters.get(name)
  if (parameter !== undefined) return parameterValue(parameter, node)
  if (isPseudo(name)) return pseudoValue(name, node, scope)
  const type = scope.resources.get(name)
  if (type === undefined) return unknown(node, `\`${name}\``, 'is neither a parameter nor a resource of the template')
  return unknown(node, `the resource \`${name}\``, 'is known once the stack is deployed', { resource: name })
}

function isPseudo(name: string): name is PseudoName {
  return (PSEUDO_NAMES as readonly string[]).includes(name)
}

function parameterValue(parameter: Parameter, node: TemplateNode): Evaluated {
  const { name, type, text } = parameter
  if (parameter.unknown !== undefined) return { unknown: parameter.unknown }
  if (text === undefined) {
    const why = type.startsWith('AWS::SSM::')
      ? 'is read from the parameter store when the stack is deployed (its default is a key, not a value)'
      : 'has no default'
    return unknown(node, `the parameter \`${name}\``, why, { parameter: name })
  }
  const items = isListParameter(parameter) ? listItems(text) : undefined
  return { value: items ?? text }
}

function pseudoValue(name: PseudoName, node: TemplateNode, { pseudo }: Scope): Evaluated {
  const value = pseudo[name]
  if (value !== undefined) return { value: name === 'AWS::NotificationARNs' ? listItems(value) : value }
  return unknown(node, `\`${name}\``, HOW_KNOWN[name] ?? 'is known once the stack is deployed', { parameter: name })
}

const NO_REGION = 'is not known: neither `aws-region` nor AWS_REGION is given'
const HOW_KNOWN: Partial<Record<PseudoName, string>> = {
  'AWS::Region': NO_REGION,
  'AWS::Partition': NO_REGION,
  'AWS::URLSuffix': NO_REGION,
  'AWS::AccountId': 'is not known: neither `registry-id` nor AWS credentials are given',
}
