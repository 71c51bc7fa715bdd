import type { Engine } from './engine.ts'
import { type Key, type Property, Thing, UNKNOWN, Unknown, type Value } from './values.ts'

/** How functions are called, for accessors. */
export type Caller = (callee: Value, self: Value, parameters: readonly Value[]) => Value

export function keyOf(value: Value): Key | undefined {
  if (value instanceof Thing) return value.text
  if (value === UNKNOWN) return undefined
  return typeof value === 'symbol' ? value : String(value)
}

/** Own property, those of lists and texts included. */
export function ownProperty(thing: Thing, key: Key): Property | undefined {
  const { items } = thing
  if (items !== undefined && typeof key === 'string') {
    if (key === 'length') return { value: thing.opaque ? UNKNOWN : items.length, hidden: true }
    const index = /^\d{1,6}$/.test(key) ? Number(key) : -1
    if (index >= 0 && index < items.length) return { value: items[index] }
  }
  if (thing.bytes !== undefined && typeof key === 'string' && /^\d{1,6}$/.test(key))
    return { value: thing.bytes[Number(key)] }
  return thing.properties.get(key)
}

export function findProperty(thing: Thing, key: Key): Property | 'unknown' | undefined {
  let depth = 0
  for (let at: Value = thing; at instanceof Thing && depth < 50; at = at.proto, depth++) {
    const own = ownProperty(at, key)
    if (own !== undefined) return own
    if (at.opaque && at.lacks?.(key) !== true) return 'unknown'
    if (at.proto instanceof Unknown) return 'unknown'
  }
  // What the language itself asks of things: iterators and the like.
  return typeof key === 'symbol' && Symbol.keyFor(key) !== undefined ? 'unknown' : undefined
}

export function getProperty(engine: Engine, base: Value, key: Key | undefined, call: Caller): Value {
  if (base === UNKNOWN) return UNKNOWN
  if (base === undefined || base === null)
    return engine.mistake('TypeError', `Cannot read properties of ${base} (reading '${String(key)}')`)
  if (key === undefined) return UNKNOWN
  if (!(base instanceof Thing)) return primitiveProperty(engine, base as Primitive, key)
  if (base.text !== undefined && typeof key === 'string' && !base.properties.has(key) && TEXT_METHODS.has(key))
    return UNKNOWN
  const property = findProperty(base, key)
  if (property === 'unknown') return UNKNOWN
  if (property === undefined) return undefined
  if ('get' in property || 'set' in property)
    return property.get === undefined ? undefined : call(property.get, base, [])
  return property.value
}

const TEXT_METHODS = new Set(['split', 'match', 'includes', 'replace', 'slice', 'indexOf'])

type Primitive = Exclude<Value, Thing | Unknown>

function primitiveProperty(engine: Engine, base: Primitive, key: Key): Value {
  if (typeof base === 'string') {
    if (key === 'length') return base.length
    if (typeof key === 'string' && /^\d+$/.test(key)) return base[Number(key)]
    const method = engine.globals.get('%string')
    const property = method instanceof Thing ? method.properties.get(key) : undefined
    if (property !== undefined) return property.value
    return key in String.prototype ? UNKNOWN : undefined
  }
  const known: object = Object(base)
  return key in known ? UNKNOWN : undefined
}

export function setProperty(engine: Engine, base: Value, key: Key | undefined, value: Value, call: Caller): void {
  if (base === undefined || base === null)
    engine.mistake('TypeError', `Cannot set properties of ${base} (setting '${String(key)}')`)
  if (!(base instanceof Thing)) return
  if (key === undefined) {
    base.opaque = true
    return
  }
  const known = findProperty(base, key)
  if (known !== undefined && known !== 'unknown' && ('get' in known || 'set' in known)) {
    if (known.set !== undefined) call(known.set, base, [value])
    return
  }
  define(engine, base, key, { value })
}

/** Sets an own property; under unknown conditions it is not known afterwards. */
export function define(engine: Engine, base: Thing, key: Key, property: Property): void {
  const isSure = engine.level <= base.level
  const { items } = base
  if (items !== undefined && typeof key === 'string' && /^(?:\d{1,6}|length)$/.test(key)) {
    if (!isSure) base.opaque = true
    else if (key === 'length') items.length = Math.min(items.length, Number(property.value) || 0)
    else if (Number(key) <= items.length + 1000) items[Number(key)] = property.value
    return
  }
  if (isSure) base.properties.set(key, property)
  else if (!('value' in property) || base.properties.get(key)?.value !== property.value)
    base.properties.set(key, { value: UNKNOWN, ...(property.hidden && { hidden: true as const }) })
}

/** Own names in order, as far as they are known. */
export function ownKeys(thing: Thing): readonly string[] {
  const indices = (thing.items ?? []).map((_, index) => String(index))
  const names = [...thing.properties].flatMap(([key, { hidden }]) =>
    typeof key === 'string' && hidden !== true ? [key] : [],
  )
  return [...indices, ...names]
}
