import type {
  AnyNode,
  Expression,
  Identifier,
  MemberExpression,
  PrivateIdentifier,
  Super,
  TemplateLiteral,
} from 'acorn'
import { assign, update } from './assignments.ts'
import { call, callFunction, construct, newExpression } from './calls.ts'
import { makeClass } from './classes.ts'
import type { Engine } from './engine.ts'
import { makeFunction } from './functions.ts'
import { importExpression, metaProperty } from './imports.ts'
import { arrayLiteral, objectLiteral } from './literals.ts'
import { openWays } from './open-ways.ts'
import { binary, unary } from './operators.ts'
import { settle } from './promises.ts'
import { findProperty, getProperty, keyOf } from './properties.ts'
import { either, read, type Scope } from './scope.ts'
import { isPrimitive, type Key, Thing, truth, UNKNOWN, type Value } from './values.ts'

export function evaluate(engine: Engine, node: Expression | Super | PrivateIdentifier | AnyNode, scope: Scope): Value {
  engine.step(node)
  switch (node.type) {
    case 'Literal':
      return literal(engine, node)
    case 'Identifier':
      return identifier(engine, node, scope)
    case 'ThisExpression':
      return scope.frame.holder.self
    case 'TemplateLiteral':
      return template(engine, node, scope)
    case 'MemberExpression':
      return member(engine, node, scope).value
    case 'CallExpression':
      return call(engine, node, scope)
    case 'NewExpression':
      return newExpression(engine, node, scope)
    case 'ChainExpression':
      return evaluate(engine, node.expression, scope)
    case 'ParenthesizedExpression':
      return evaluate(engine, node.expression, scope)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return makeFunction(engine, node, scope)
    case 'ClassExpression':
      return makeClass(engine, node, scope)
    case 'ArrayExpression':
      return arrayLiteral(engine, node, scope)
    case 'ObjectExpression':
      return objectLiteral(engine, node, scope)
    case 'AssignmentExpression':
      return assign(engine, node, scope)
    case 'UpdateExpression':
      return update(engine, node, scope)
    case 'UnaryExpression':
      return unary(engine, node, scope)
    case 'BinaryExpression':
      return binary(engine, node, scope)
    case 'LogicalExpression':
      return logical(engine, node.operator, node.left, node.right, scope)
    case 'ConditionalExpression':
      return conditional(engine, node.test, [node.consequent, node.alternate], scope)
    case 'SequenceExpression':
      return node.expressions.map((one) => evaluate(engine, one, scope)).at(-1)
    case 'AwaitExpression':
      return settle(engine, evaluate(engine, node.argument, scope))
    case 'YieldExpression':
      // Generators are run only where their `yield` waits.
      return node.delegate || node.argument == null ? UNKNOWN : settle(engine, evaluate(engine, node.argument, scope))
    case 'ImportExpression':
      return importExpression(engine, node, scope)
    case 'MetaProperty':
      return metaProperty(engine, node, scope)
    case 'TaggedTemplateExpression':
      return UNKNOWN
    default:
      return UNKNOWN
  }
}

function literal(engine: Engine, node: AnyNode & { type: 'Literal' }): Value {
  if (node.regex === undefined) return node.bigint === undefined ? (node.value as Value) : UNKNOWN
  const regex = new Thing(engine.prototypes.regex, engine.level)
  if (node.value instanceof RegExp) regex.regex = node.value
  else regex.opaque = true
  return regex
}

function identifier(engine: Engine, { name }: Identifier, scope: Scope): Value {
  if (name === 'undefined') return undefined
  const found = scope.find(name)
  if (found !== undefined) return read(found.cell)
  if (engine.globals.has(name)) return engine.globals.get(name)
  const global = engine.globals.get('globalThis')
  const property = global instanceof Thing ? findProperty(global, name) : undefined
  if (property === 'unknown') return UNKNOWN
  if (property !== undefined) return property.value
  if (engine.level === 0 && engine.guards === 0) engine.absentGlobal ??= name
  return engine.mistake('ReferenceError', `${name} is not defined`)
}

function template(engine: Engine, { quasis, expressions }: TemplateLiteral, scope: Scope): Value {
  let text: string | undefined = ''
  for (const [index, quasi] of quasis.entries()) {
    if (text !== undefined) text += quasi.value.cooked ?? ''
    const expression = expressions[index]
    if (expression === undefined) continue
    const value = evaluate(engine, expression, scope)
    const part = textOf(value)
    text = part === undefined || text === undefined ? undefined : text + part
  }
  return text ?? UNKNOWN
}

export function textOf(value: Value): string | undefined {
  if (value instanceof Thing) return value.text
  return isPrimitive(value) && typeof value !== 'symbol' ? String(value) : undefined
}

/** A property and what it was read from, which a call of it gets as `this`. */
export function member(
  engine: Engine,
  node: MemberExpression,
  scope: Scope,
): { readonly base: Value; readonly value: Value; readonly key?: Key } {
  const caller = (callee: Value, self: Value, parameters: readonly Value[]) =>
    callFunction(engine, callee, self, parameters)
  const key = keyOfMember(engine, node, scope)
  if (node.object.type === 'Super') {
    const { home, holder } = scope.frame
    const value = home?.proto instanceof Thing ? getProperty(engine, home.proto, key, caller) : UNKNOWN
    return { base: holder.self, value, ...(key !== undefined && { key }) }
  }
  const base = evaluate(engine, node.object, scope)
  if ((base === undefined || base === null) && (node.optional || isChained(node.object)))
    return { base, value: undefined }
  return { base, value: getProperty(engine, base, key, caller), ...(key !== undefined && { key }) }
}

/** `a?.b.c`: when `a` is not there, nothing of it is. */
export function isChained(node: AnyNode): boolean {
  if (node.type === 'MemberExpression') return node.optional || isChained(node.object)
  if (node.type === 'CallExpression') return node.optional || isChained(node.callee)
  return false
}

export function keyOfMember(engine: Engine, { computed, property }: MemberExpression, scope: Scope): Key | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`
  if (!computed && property.type === 'Identifier') return property.name
  return keyOf(evaluate(engine, property, scope))
}

function logical(engine: Engine, operator: string, left: Expression, right: Expression, scope: Scope): Value {
  const value = evaluate(engine, left, scope)
  if (value === UNKNOWN) {
    engine.maybe(() => evaluate(engine, right, scope))
    return UNKNOWN
  }
  const isEnough = operator === '??' ? value !== undefined && value !== null : truth(value) === (operator === '||')
  return isEnough ? value : evaluate(engine, right, scope)
}

function conditional(engine: Engine, test: Expression, ways: readonly [Expression, Expression], scope: Scope): Value {
  const holds = truth(evaluate(engine, test, scope))
  if (holds !== undefined) return evaluate(engine, ways[holds ? 0 : 1], scope)
  const [first, ...others] = openWays(
    engine,
    ways.map((way) => () => evaluate(engine, way, scope)),
  )
  return others.length === 0 ? first : either(first, others[0])
}

export { callFunction, construct }
