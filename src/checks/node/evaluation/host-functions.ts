import type { Engine } from './engine.ts'
import { addFunctions, fillFrom, namespace } from './natives.ts'
import { isPrimitive, type Thing, UNKNOWN, type Value } from './values.ts'

/** Functions that answer the same wherever they are called. */
export function hostFunction(engine: Engine, work: (...given: never[]) => Value): Thing {
  return engine.native((_, given) =>
    given.every((one) => isPrimitive(one) && typeof one !== 'symbol') ? work(...(given as never[])) : UNKNOWN,
  )
}

export function hostNamespace(engine: Engine, host: object, names: readonly string[]): Thing {
  const made = namespace(engine, {})
  for (const name of names) made.properties.set(name, { value: hostFunction(engine, Reflect.get(host, name) as never) })
  return made
}

/** `String`, `Number`, `Boolean`. */
export function converter(engine: Engine, host: object, convert: (value: Value) => Value, none: Value): Thing {
  const made = engine.native((_, given, newTarget) =>
    newTarget !== undefined ? UNKNOWN : given.length === 0 ? none : convert(given[0]),
  )
  return fillFrom(made, host)
}

export function symbols(engine: Engine): Thing {
  const shared = new Map<string, symbol>()
  const made = engine.native((_, [name]) => Symbol(typeof name === 'string' ? name : ''))
  for (const name of [
    'iterator',
    'asyncIterator',
    'toStringTag',
    'hasInstance',
    'toPrimitive',
    'dispose',
    'asyncDispose',
    'species',
  ])
    made.properties.set(name, { value: Symbol.for(`%${name}`), hidden: true })
  addFunctions(engine, made, {
    for(_, [name]) {
      if (typeof name !== 'string') return UNKNOWN
      const known = shared.get(name) ?? Symbol(name)
      shared.set(name, known)
      return known
    },
  })
  made.opaque = true
  return made
}
