import { type TemplateNode, textOf } from '../document/template-node.ts'
import { choose } from './conditions.ts'
import { type Evaluated, isUnknown } from './evaluated.ts'
import { findInMap } from './find-in-map.ts'
import { join, length, select, split } from './lists.ts'
import { reference } from './reference.ts'
import type { Evaluate, Scope } from './scope.ts'
import { getAttribute, substitute } from './substitute.ts'
import { unknown } from './unknown.ts'

type Implementation = (argument: TemplateNode, scope: Scope, evaluate: Evaluate) => Evaluated

/** CloudFormation's functions that are resolved before deployment; every other one is not known. */
export const FUNCTIONS: Readonly<Record<string, Implementation>> = {
  Ref: (argument, scope) => {
    const name = textOf(argument)
    return name === undefined
      ? unknown(argument, '`Ref`', 'is not written as a name')
      : reference(name, argument, scope)
  },
  'Fn::Sub': substitute,
  'Fn::GetAtt': getAttribute,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::FindInMap': findInMap,
  'Fn::If': choose,
  'Fn::Length': length,
  // Of AWS::LanguageExtensions, as Fn::Length.
  'Fn::ToJsonString': (argument, scope, evaluate) => {
    const result = evaluate(argument, scope)
    if (isUnknown(result)) return result
    return 'value' in result ? { value: JSON.stringify(result.value) } : result
  },
}
