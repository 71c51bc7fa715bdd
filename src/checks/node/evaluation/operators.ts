import type { BinaryExpression, UnaryExpression } from 'acorn'
import type { Engine } from './engine.ts'
import { evaluate, keyOfMember, textOf } from './expressions.ts'
import { findProperty, keyOf } from './properties.ts'
import { read, type Scope } from './scope.ts'
import { isPrimitive, Thing, truth, UNKNOWN, Unknown, type Value } from './values.ts'

const LONGEST_TEXT = 200_000

export function unary(engine: Engine, { operator, argument }: UnaryExpression, scope: Scope): Value {
  if (operator === 'typeof') return typeOf(engine, argument, scope)
  if (operator === 'delete') return deleted(engine, argument, scope)
  const value = evaluate(engine, argument, scope)
  if (operator === 'void') return undefined
  if (operator === '!') {
    const known = truth(value)
    return known === undefined ? UNKNOWN : !known
  }
  if (!isPrimitive(value) || typeof value === 'symbol' || typeof value === 'bigint') return UNKNOWN
  if (operator === '-') return -Number(value)
  return operator === '+' ? Number(value) : ~Number(value)
}

function typeOf(engine: Engine, argument: UnaryExpression['argument'], scope: Scope): Value {
  if (argument.type === 'Identifier') {
    const found = scope.find(argument.name)
    if (found !== undefined) return typeName(read(found.cell))
    if (engine.globals.has(argument.name)) return typeName(engine.globals.get(argument.name))
    const global = engine.globals.get('globalThis')
    const property = global instanceof Thing ? findProperty(global, argument.name) : undefined
    if (property === undefined) return 'undefined'
    // What Node.js has of its own is what it is there too.
    if (argument.name in globalThis) return typeof Reflect.get(globalThis, argument.name)
    return property === 'unknown' ? UNKNOWN : typeName(property.value)
  }
  return typeName(evaluate(engine, argument, scope))
}

function typeName(value: Value): Value {
  if (value === UNKNOWN) return UNKNOWN
  if (value instanceof Thing) return value.call === undefined ? 'object' : 'function'
  return typeof value
}

function deleted(engine: Engine, argument: UnaryExpression['argument'], scope: Scope): Value {
  if (argument.type !== 'MemberExpression') return true
  const base = evaluate(engine, argument.object, scope)
  const key = keyOfMember(engine, argument, scope)
  if (!(base instanceof Thing) || key === undefined) return true
  if (engine.level > base.level) base.properties.set(key, { value: UNKNOWN })
  else {
    base.properties.delete(key)
    base.forgets?.(key)
  }
  return true
}

export function binary(engine: Engine, { operator, left, right }: BinaryExpression, scope: Scope): Value {
  const a = left.type === 'PrivateIdentifier' ? `#${left.name}` : evaluate(engine, left, scope)
  return operate(operator, a, evaluate(engine, right, scope))
}

export function operate(operator: string, a: Value, b: Value): Value {
  if (operator === 'in') return isIn(a, b)
  if (operator === 'instanceof') return isInstance(a, b)
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN
  switch (operator) {
    case '===':
      return a === b
    case '!==':
      return a !== b
    case '==':
    case '!=': {
      const same = isPrimitive(a) && isPrimitive(b) ? equal(a, b) : looselySame(a, b)
      return same === undefined ? UNKNOWN : same === (operator === '==')
    }
    case '+':
      return sum(a, b)
    default:
      return isPrimitive(a) && isPrimitive(b) ? numeric(operator, a as number, b as number) : UNKNOWN
  }
}

function equal(a: Value, b: Value): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: what the script does
  return a == b
}

function looselySame(a: Value, b: Value): boolean | undefined {
  if (a === b) return true
  if (a === undefined || a === null || b === undefined || b === null) return false
  return a instanceof Thing && b instanceof Thing ? false : undefined
}

function sum(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  const isText = typeof a === 'string' || typeof b === 'string' || a instanceof Thing || b instanceof Thing
  if (!isText) return UNKNOWN
  const [left, right] = [textOf(a), textOf(b)]
  if (left === undefined || right === undefined || left.length + right.length > LONGEST_TEXT) return UNKNOWN
  return left + right
}

function numeric(operator: string, a: number, b: number): Value {
  if (typeof a === 'symbol' || typeof b === 'symbol' || typeof a === 'bigint' || typeof b === 'bigint') return UNKNOWN
  switch (operator) {
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    case '>=':
      return a >= b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '**':
      return a ** b
    case '|':
      return a | b
    case '&':
      return a & b
    case '^':
      return a ^ b
    case '<<':
      return a << b
    case '>>':
      return a >> b
    case '>>>':
      return a >>> b
    default:
      return UNKNOWN
  }
}

function isIn(a: Value, b: Value): Value {
  if (!(b instanceof Thing)) return UNKNOWN
  const key = keyOf(a)
  if (key === undefined) return UNKNOWN
  const found = findProperty(b, key)
  return found === 'unknown' ? UNKNOWN : found !== undefined
}

function isInstance(a: Value, b: Value): Value {
  if (isPrimitive(a)) return false
  if (!(a instanceof Thing) || !(b instanceof Thing)) return UNKNOWN
  const wanted = b.properties.get('prototype')?.value
  if (!(wanted instanceof Thing)) return UNKNOWN
  let depth = 0
  for (let at: Value = a.proto; depth < 50; depth++) {
    if (at === wanted) return true
    if (at instanceof Unknown || (at instanceof Thing && at.opaque)) return UNKNOWN
    if (!(at instanceof Thing)) return false
    at = at.proto
  }
  return UNKNOWN
}
