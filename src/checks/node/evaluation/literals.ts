import type { ArrayExpression, ObjectExpression } from 'acorn'
import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { evaluate } from './expressions.ts'
import { makeFunction } from './functions.ts'
import { listed } from './iteration.ts'
import { getProperty, keyOf, ownKeys } from './properties.ts'
import type { Scope } from './scope.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

export function arrayLiteral(engine: Engine, { elements }: ArrayExpression, scope: Scope): Value {
  const items: Value[] = []
  let isOpen = false
  for (const one of elements) {
    if (one === null) items.push(undefined)
    else if (one.type === 'SpreadElement') {
      const inner = listed(engine, evaluate(engine, one.argument, scope))
      items.push(...inner.items)
      isOpen ||= inner.isOpen
    } else items.push(evaluate(engine, one, scope))
  }
  const array = engine.array(items)
  array.opaque = isOpen
  return array
}

export function objectLiteral(engine: Engine, { properties }: ObjectExpression, scope: Scope): Value {
  const object = engine.object()
  for (const one of properties) {
    if (one.type === 'SpreadElement') {
      copyInto(engine, object, evaluate(engine, one.argument, scope))
      continue
    }
    const key = !one.computed && one.key.type === 'Identifier' ? one.key.name : keyOf(evaluate(engine, one.key, scope))
    const value =
      one.value.type === 'FunctionExpression'
        ? makeFunction(engine, one.value, scope, object)
        : evaluate(engine, one.value, scope)
    if (key === undefined) object.opaque = true
    else if (key === '__proto__' && !one.computed) object.proto = value
    else if (one.kind === 'init') object.properties.set(key, { value })
    else object.properties.set(key, { ...accessors(object.properties.get(key)), [one.kind]: value })
  }
  return object
}

function accessors(known: { get?: Value; set?: Value } | undefined): { get?: Value; set?: Value } {
  return { ...(known?.get !== undefined && { get: known.get }), ...(known?.set !== undefined && { set: known.set }) }
}

/** `{ ...from }`, `Object.assign(to, from)`: getters are called. */
export function copyInto(engine: Engine, to: Thing, from: Value): void {
  if (from === undefined || from === null) return
  if (!(from instanceof Thing)) {
    if (from === UNKNOWN) to.opaque = true
    return
  }
  if (from.opaque) to.opaque = true
  for (const name of ownKeys(from)) {
    const value = getProperty(engine, from, name, (callee, self, given) => callFunction(engine, callee, self, given))
    to.properties.set(name, { value })
  }
}
