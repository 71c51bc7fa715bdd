import { child, entriesOf, type TemplateNode } from '../document/template-node.ts'
import { type Evaluated, plainText, unknowns } from './evaluated.ts'
import type { Evaluate, Scope } from './scope.ts'
import { unknown } from './unknown.ts'

/** `Fn::FindInMap: [map, key, key]`, with `{DefaultValue: …}` as fourth where AWS::LanguageExtensions are in use. */
export function findInMap(argument: TemplateNode, scope: Scope, evaluate: Evaluate): Evaluated {
  if (argument.kind !== 'list' || argument.items.length < 3)
    return unknown(argument, '`Fn::FindInMap`', 'is not written as a map and two keys')
  const results = argument.items.slice(0, 3).map((item) => evaluate(item, scope))
  const otherwise = child(argument.items[3], 'DefaultValue')
  const missing = unknowns(results)
  if (missing.length > 0) return { unknown: missing }
  const [map, ...keys] = results.map((one) => ('value' in one ? (plainText(one.value) ?? '') : ''))
  const found = child(scope.mappings, map ?? '', ...keys)
  if (found !== undefined) return evaluate(found, scope)
  if (otherwise !== undefined) return evaluate(otherwise, scope)
  const maps = entriesOf(scope.mappings).map(([name]) => name)
  const why = maps.includes(map ?? '') ? `has no \`${keys.join('` with `')}\`` : 'is not in the template'
  return unknown(argument, `the mapping \`${map}\``, why)
}
