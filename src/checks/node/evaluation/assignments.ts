import type { AnyNode, AssignmentExpression, Pattern, UpdateExpression } from 'acorn'
import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { evaluate, keyOfMember } from './expressions.ts'
import { listed } from './iteration.ts'
import { operate } from './operators.ts'
import { getProperty, ownKeys, setProperty } from './properties.ts'
import { either, read, type Scope } from './scope.ts'
import { type Key, Thing, truth, UNKNOWN, type Value } from './values.ts'

export function assign(engine: Engine, { operator, left, right }: AssignmentExpression, scope: Scope): Value {
  if (operator === '=') {
    const value = evaluate(engine, right, scope)
    assignTo(engine, left, value, scope)
    return value
  }
  const before = evaluate(engine, left as AnyNode, scope)
  if (operator === '||=' || operator === '&&=' || operator === '??=') {
    const known =
      before === UNKNOWN ? undefined : operator === '??=' ? (before ?? undefined) === undefined : truth(before)
    if (before === UNKNOWN || known === undefined) {
      engine.maybe(() => evaluate(engine, right, scope))
      return UNKNOWN
    }
    if (operator === '||=' ? known : !known) return before
    const value = evaluate(engine, right, scope)
    assignTo(engine, left, value, scope)
    return value
  }
  const value = operate(operator.slice(0, -1), before, evaluate(engine, right, scope))
  assignTo(engine, left, value, scope)
  return value
}

export function update(engine: Engine, { operator, argument, prefix }: UpdateExpression, scope: Scope): Value {
  const before = evaluate(engine, argument, scope)
  const after = typeof before === 'number' ? (operator === '++' ? before + 1 : before - 1) : UNKNOWN
  assignTo(engine, argument as Pattern, after, scope)
  return prefix ? after : before
}

/** To a name, a property or a pattern of them. */
export function assignTo(engine: Engine, target: Pattern | AnyNode, value: Value, scope: Scope): void {
  if (target.type === 'Identifier') setName(engine, target.name, value, scope)
  else if (target.type === 'MemberExpression') {
    const base = evaluate(engine, target.object, scope)
    const key = keyOfMember(engine, target, scope)
    setProperty(engine, base, key, value, (callee, self, given) => callFunction(engine, callee, self, given))
  } else destructure(engine, target, value, scope, (inner, part) => assignTo(engine, inner, part, scope))
}

function setName(engine: Engine, name: string, value: Value, scope: Scope): void {
  const found = scope.find(name)
  if (found === undefined) {
    engine.globals.set(name, engine.level > 0 ? UNKNOWN : value)
    return
  }
  const { cell } = found
  cell.value = engine.level > found.scope.level ? either(read(cell), value) : value
}

/** Declares the names of a pattern. */
export function declare(engine: Engine, target: Pattern, value: Value, scope: Scope): void {
  if (target.type === 'Identifier') scope.declare(target.name, value)
  else destructure(engine, target, value, scope, (inner, part) => declare(engine, inner, part, scope))
}

function destructure(
  engine: Engine,
  target: Pattern | AnyNode,
  value: Value,
  scope: Scope,
  give: (inner: Pattern, part: Value) => void,
): void {
  const get = (base: Value, key: Key | undefined): Value =>
    getProperty(engine, base, key, (callee, self, given) => callFunction(engine, callee, self, given))
  if (target.type === 'AssignmentPattern') {
    give(target.left, value === undefined ? evaluate(engine, target.right, scope) : value)
  } else if (target.type === 'ArrayPattern') {
    const { items, isOpen } = listed(engine, value)
    for (const [index, one] of target.elements.entries()) {
      if (one === null) continue
      if (one.type === 'RestElement') give(one.argument, isOpen ? UNKNOWN : engine.array(items.slice(index)))
      else give(one, isOpen && index >= items.length ? UNKNOWN : items[index])
    }
  } else if (target.type === 'ObjectPattern') {
    const taken: Key[] = []
    for (const one of target.properties) {
      if (one.type === 'RestElement') give(one.argument, rest(engine, value, taken, get))
      else {
        const key =
          !one.computed && one.key.type === 'Identifier'
            ? one.key.name
            : (evaluate(engine, one.key, scope) as Key | undefined)
        if (key !== undefined) taken.push(key)
        give(one.value as Pattern, get(value, typeof key === 'number' ? String(key) : key))
      }
    }
  }
}

function rest(engine: Engine, value: Value, taken: readonly Key[], get: (base: Value, key: Key) => Value): Value {
  // An argument that nobody gave: as if it were empty.
  if (value === undefined) return engine.object()
  if (!(value instanceof Thing)) return UNKNOWN
  const others = engine.object()
  others.opaque = value.opaque
  for (const key of ownKeys(value)) if (!taken.includes(key)) others.properties.set(key, { value: get(value, key) })
  return others
}
