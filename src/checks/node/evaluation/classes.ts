import type { AnyNode, Class, Expression } from 'acorn'
import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { evaluate } from './expressions.ts'
import { makeFunction } from './functions.ts'
import { hoist } from './hoisting.ts'
import { keyOf } from './properties.ts'
import { Scope } from './scope.ts'
import { runBody } from './statements.ts'
import { type Key, Thing, UNKNOWN, type Value } from './values.ts'

export function makeClass(engine: Engine, node: Class, outer: Scope): Value {
  const parent = node.superClass ? parentOf(engine, evaluate(engine, node.superClass, outer)) : undefined
  const scope = new Scope(outer, outer.frame, engine.level)
  const { prototypes } = engine
  const prototype = new Thing(
    protoOf(engine, parent, node.superClass !== null && node.superClass !== undefined),
    engine.level,
  )
  const made = new Thing(parent === undefined || parent === null ? prototypes.function : parent, engine.level)
  made.properties.set('prototype', { value: prototype, hidden: true })
  made.properties.set('name', { value: node.id?.name ?? '', hidden: true })
  prototype.properties.set('constructor', { value: made, hidden: true })
  if (node.id) scope.declare(node.id.name, made)
  const own = node.body.body.find((one) => one.type === 'MethodDefinition' && one.kind === 'constructor')
  const derived = node.superClass !== null && node.superClass !== undefined
  made.call = {
    node: own?.type === 'MethodDefinition' ? own.value : empty(derived),
    scope,
    home: prototype,
    derived,
    fields: node.body.body.filter((one) => one.type === 'PropertyDefinition' && !one.static),
  }
  for (const one of node.body.body) {
    if (one.type === 'MethodDefinition' && one.kind !== 'constructor') {
      const target = one.static ? made : prototype
      const key = memberKey(engine, one, scope)
      const value = makeFunction(engine, one.value, scope, target)
      if (key === undefined) target.opaque = true
      else if (one.kind === 'method') target.properties.set(key, { value, hidden: true })
      else {
        const known = target.properties.get(key)
        target.properties.set(key, {
          ...(known?.get !== undefined && { get: known.get }),
          ...(known?.set !== undefined && { set: known.set }),
          [one.kind]: value,
          hidden: true,
        })
      }
    }
  }
  for (const one of node.body.body) {
    if (one.type === 'PropertyDefinition' && one.static) field(engine, made, one, scope, made)
    if (one.type === 'StaticBlock') {
      const inner = new Scope(scope, { ...scope.frame, holder: { self: made }, home: made }, engine.level, true)
      hoist(engine, one.body, inner)
      runBody(engine, one.body, inner)
    }
  }
  return made
}

function parentOf(engine: Engine, value: Value): Value {
  return value === undefined ? engine.mistake('TypeError', 'Class extends value undefined') : value
}

function protoOf(engine: Engine, parent: Value, derived: boolean): Value {
  if (!derived) return engine.prototypes.object
  if (parent === null) return null
  const proto = parent instanceof Thing ? parent.properties.get('prototype')?.value : UNKNOWN
  return proto instanceof Thing ? proto : UNKNOWN
}

/** `constructor() {}`, or the one that hands everything on. */
function empty(derived: boolean): AnyNode {
  const at = { start: 0, end: 0 }
  const rest: AnyNode = { type: 'Identifier', name: 'given', ...at }
  const handOn: AnyNode = {
    type: 'CallExpression',
    callee: { type: 'Super', ...at },
    arguments: [{ type: 'SpreadElement', argument: rest, ...at }],
    optional: false,
    ...at,
  }
  const body = derived ? [{ type: 'ExpressionStatement', expression: handOn, ...at }] : []
  return {
    type: 'FunctionExpression',
    params: derived ? [{ type: 'RestElement', argument: rest, ...at }] : [],
    body: { type: 'BlockStatement', body, ...at },
    generator: false,
    async: false,
    expression: false,
    id: null,
    ...at,
  } as AnyNode
}

type Member = { readonly computed: boolean; readonly key: AnyNode }

function memberKey(engine: Engine, { computed, key }: Member, scope: Scope): Key | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (!computed && key.type === 'Identifier') return key.name
  return keyOf(evaluate(engine, key, scope))
}

function field(
  engine: Engine,
  target: Thing,
  one: Member & { readonly value?: Expression | null },
  scope: Scope,
  home: Thing,
): void {
  const inner = new Scope(scope, { ...scope.frame, holder: { self: target }, home }, engine.level)
  const key = memberKey(engine, one, inner)
  if (key !== undefined)
    target.properties.set(key, { value: one.value ? evaluate(engine, one.value, inner) : undefined })
}

/** Fields that a class gives its instances. */
export function initialiseFields(engine: Engine, callee: Thing, self: Value): void {
  if (callee.call === undefined || 'native' in callee.call || !(self instanceof Thing)) return
  const { fields = [], scope, home } = callee.call
  for (const one of fields) if (one.type === 'PropertyDefinition') field(engine, self, one, scope, home ?? self)
}

export { callFunction }
