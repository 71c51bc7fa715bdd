import { callFunction, construct } from './calls.ts'
import type { Engine } from './engine.ts'
import { listed } from './iteration.ts'
import { copyInto } from './literals.ts'
import { addFunctions, get, type Native } from './natives.ts'
import { define, findProperty, keyOf, ownKeys, ownProperty, setProperty } from './properties.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** `Object` and `Reflect`. */
export function objectFunctions(engine: Engine): Readonly<Record<string, Native>> {
  const each =
    (give: (key: string, value: () => Value) => Value): Native =>
    (_, [of]) => {
      if (of === UNKNOWN) return UNKNOWN
      if (!(of instanceof Thing)) return engine.array([])
      const made = engine.array(ownKeys(of).map((key) => give(key, () => get(engine, of, key))))
      made.opaque = of.opaque
      return made
    }
  const itself: Native = (_, [of]) => of
  return {
    keys: each((key) => key),
    values: each((_, value) => value()),
    entries: each((key, value) => engine.array([key, value()])),
    getOwnPropertyNames(_, [of]) {
      if (!(of instanceof Thing)) return UNKNOWN
      const names = [...of.properties.keys()].filter((key) => typeof key === 'string')
      const made = engine.array([...(of.items ?? []).map((_, index) => String(index)), ...names])
      made.opaque = of.opaque
      return made
    },
    assign(_, [to, ...from]) {
      if (to instanceof Thing) {
        const made = engine.object()
        for (const one of from) copyInto(engine, made, one)
        for (const [key, { value }] of made.properties) set(engine, to, key as string, value)
        if (made.opaque) to.opaque = true
      }
      return to
    },
    freeze: itself,
    seal: itself,
    preventExtensions: itself,
    isFrozen: () => UNKNOWN,
    create(_, [proto, properties]) {
      const made = new Thing(proto, engine.level)
      if (properties instanceof Thing) defineAll(engine, made, properties)
      return made
    },
    getPrototypeOf: (_, [of]) => (of instanceof Thing ? of.proto : UNKNOWN),
    setPrototypeOf(_, [of, proto]) {
      if (of instanceof Thing) of.proto = proto
      return of
    },
    defineProperty(_, [of, name, descriptor]) {
      if (of instanceof Thing) defineOne(engine, of, name, descriptor)
      return of
    },
    defineProperties(_, [of, properties]) {
      if (of instanceof Thing && properties instanceof Thing) defineAll(engine, of, properties)
      return of
    },
    getOwnPropertyDescriptor(_, [of, name]) {
      const key = keyOf(name)
      if (!(of instanceof Thing) || key === undefined) return UNKNOWN
      const property = ownProperty(of, key)
      if (property === undefined) return of.opaque ? UNKNOWN : undefined
      const made = engine.object()
      for (const [one, value] of Object.entries({
        enumerable: property.hidden !== true,
        configurable: true,
        ...('get' in property || 'set' in property
          ? { get: property.get, set: property.set }
          : { value: property.value, writable: true }),
      }))
        made.properties.set(one, { value })
      return made
    },
    getOwnPropertyDescriptors: () => UNKNOWN,
    getOwnPropertySymbols: () => UNKNOWN,
    hasOwn: (_, [of, name]) => hasOwn(of, name),
    is: (_, [a, b]) => (a === UNKNOWN || b === UNKNOWN ? UNKNOWN : Object.is(a, b)),
    fromEntries(_, [of]) {
      const made = engine.object()
      const { items, isOpen } = listed(engine, of)
      made.opaque = isOpen
      for (const item of items) {
        const key = keyOf(get(engine, item, '0'))
        if (key === undefined) made.opaque = true
        else made.properties.set(key, { value: get(engine, item, '1') })
      }
      return made
    },
  }
}

export function reflectFunctions(engine: Engine): Readonly<Record<string, Native>> {
  const { defineProperty, getPrototypeOf, setPrototypeOf, getOwnPropertyDescriptor } = objectFunctions(engine)
  return {
    get: (_, [of, name]) => (typeof name === 'string' ? get(engine, of, name) : UNKNOWN),
    set(_, [of, name, value]) {
      if (typeof name === 'string') set(engine, of, name, value)
      return true
    },
    has: (_, [of, name]) => {
      const key = keyOf(name)
      const found = of instanceof Thing && key !== undefined ? findProperty(of, key) : 'unknown'
      return found === 'unknown' ? UNKNOWN : found !== undefined
    },
    ownKeys: objectFunctions(engine).getOwnPropertyNames as Native,
    apply: (_, [callee, self, given]) => callFunction(engine, callee, self, listed(engine, given).items),
    construct: (_, [callee, given, target]) =>
      construct(engine, callee, listed(engine, given).items, target instanceof Thing ? target : undefined),
    defineProperty: (self, given) => {
      defineProperty?.(self, given)
      return true
    },
    ...(getPrototypeOf && { getPrototypeOf }),
    ...(setPrototypeOf && { setPrototypeOf }),
    ...(getOwnPropertyDescriptor && { getOwnPropertyDescriptor }),
  }
}

export function addObjectMethods(engine: Engine): void {
  const own: Native = (self, [name]) => hasOwn(self, name)
  const methods: readonly (readonly [string, Native])[] = Object.entries({
    hasOwnProperty: own,
    propertyIsEnumerable: own,
    isPrototypeOf: () => UNKNOWN,
    toString: (self: Value) => (self instanceof Thing && self.text !== undefined ? self.text : UNKNOWN),
    toLocaleString: () => UNKNOWN,
    valueOf: (self: Value) => self,
    __defineGetter__(self: Value, [name, getter]: readonly Value[]) {
      const key = keyOf(name)
      if (self instanceof Thing && key !== undefined) define(engine, self, key, { get: getter })
      return undefined
    },
  })
  addFunctions(engine, engine.prototypes.object, Object.fromEntries(methods))
  addFunctions(engine, engine.prototypes.function, {
    call: (self, [of, ...given]) => callFunction(engine, self, of, given),
    apply: (self, [of, given]) =>
      callFunction(engine, self, of, given === UNKNOWN ? [UNKNOWN, UNKNOWN] : listed(engine, given).items),
    bind: (self, [of, ...given]) => engine.native((_, more) => callFunction(engine, self, of, [...given, ...more])),
  })
}

function hasOwn(of: Value, name: Value): Value {
  const key = keyOf(name)
  if (!(of instanceof Thing) || key === undefined) return UNKNOWN
  return ownProperty(of, key) !== undefined || (of.opaque ? UNKNOWN : false)
}

function set(engine: Engine, of: Value, key: string, value: Value): void {
  setProperty(engine, of, key, value, (callee, self, given) => callFunction(engine, callee, self, given))
}

function defineAll(engine: Engine, of: Thing, properties: Thing): void {
  for (const key of ownKeys(properties)) defineOne(engine, of, key, get(engine, properties, key))
}

function defineOne(engine: Engine, of: Thing, name: Value, descriptor: Value): void {
  const key = keyOf(name)
  if (key === undefined || !(descriptor instanceof Thing)) {
    of.opaque = true
    return
  }
  const own = (one: string): Value => descriptor.properties.get(one)?.value
  const hidden = own('enumerable') === true || descriptor.opaque ? {} : { hidden: true as const }
  const isAccessor = descriptor.properties.has('get') || descriptor.properties.has('set')
  define(
    engine,
    of,
    key,
    isAccessor
      ? { get: own('get'), set: own('set'), ...hidden }
      : { value: descriptor.opaque ? UNKNOWN : own('value'), ...hidden },
  )
}
