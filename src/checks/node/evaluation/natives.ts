import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { getProperty, keyOf } from './properties.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

export type Native = (self: Value, parameters: readonly Value[], newTarget?: Thing) => Value

/** Functions as hidden properties. */
export function addFunctions(engine: Engine, to: Thing, functions: Readonly<Record<string, Native>>): Thing {
  for (const [name, native] of Object.entries(functions))
    to.properties.set(name, { value: engine.native(native), hidden: true })
  return to
}

/** A module or namespace of which more exists than is known here. */
export function namespace(
  engine: Engine,
  functions: Readonly<Record<string, Native>>,
  values: Readonly<Record<string, Value>> = {},
): Thing {
  const made = addFunctions(engine, new Thing(engine.prototypes.object), functions)
  for (const [name, value] of Object.entries(values)) made.properties.set(name, { value })
  made.opaque = true
  return made
}

/** What Node.js has beside what is known here: it is there, and what it gives is not known. */
export function fillFrom(to: Thing, host: object): Thing {
  for (const key of Reflect.ownKeys(host))
    if (typeof key === 'string' && !to.properties.has(key))
      to.properties.set(key, { value: constant(host, key), hidden: true })
  to.opaque = false
  return to
}

/** Numbers in capitals are the same everywhere. */
function constant(host: object, key: string): Value {
  const value: unknown = /^[A-Z_]+$/.test(key) ? Object.getOwnPropertyDescriptor(host, key)?.value : undefined
  return typeof value === 'number' ? value : UNKNOWN
}

/** A class with functions of its own. */
export function nativeClass(
  engine: Engine,
  prototype: Thing,
  construct: Native,
  functions: Readonly<Record<string, Native>> = {},
): Thing {
  const made = engine.native(construct)
  made.properties.set('prototype', { value: prototype, hidden: true })
  prototype.properties.set('constructor', { value: made, hidden: true })
  return addFunctions(engine, made, functions)
}

export function get(engine: Engine, base: Value, key: string): Value {
  return getProperty(engine, base, key, (callee, self, given) => callFunction(engine, callee, self, given))
}

export function texts(values: readonly Value[]): readonly string[] | undefined {
  const known = values.map((value) => {
    const key = keyOf(value)
    return typeof key === 'string' && (typeof value === 'string' || value instanceof Thing) ? key : undefined
  })
  return known.every((one) => one !== undefined) ? (known as string[]) : undefined
}

const MOST_DEPTH = 20

/** JSON as the script sees it. */
export function fromJson(engine: Engine, json: unknown, depth = 0): Value {
  if (depth > MOST_DEPTH) return UNKNOWN
  if (Array.isArray(json)) return engine.array(json.map((one) => fromJson(engine, one, depth + 1)))
  if (typeof json !== 'object' || json === null) return json as Value
  const made = engine.object()
  for (const [key, value] of Object.entries(json))
    made.properties.set(key, { value: fromJson(engine, value, depth + 1) })
  return made
}
