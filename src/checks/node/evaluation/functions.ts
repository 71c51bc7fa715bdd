import type { AnyNode, ArrowFunctionExpression, Function as FunctionNode } from 'acorn'
import type { Engine } from './engine.ts'
import type { Scope } from './scope.ts'
import { Thing, type Value } from './values.ts'

/** A function of the script; `home`: the object or class that it is a method of. */
export function makeFunction(
  engine: Engine,
  node: FunctionNode | ArrowFunctionExpression | AnyNode,
  scope: Scope,
  home?: Thing,
): Thing {
  const made = new Thing(engine.prototypes.function, engine.level)
  made.call = { node: node as AnyNode, scope, ...(home !== undefined && { home }) }
  if (node.type !== 'ArrowFunctionExpression') {
    const prototype = engine.object()
    prototype.properties.set('constructor', { value: made, hidden: true })
    made.properties.set('prototype', { value: prototype, hidden: true })
  }
  const name: Value = 'id' in node && node.id?.type === 'Identifier' ? node.id.name : ''
  made.properties.set('name', { value: name, hidden: true })
  return made
}
