import { callFunction, instance } from './calls.ts'
import type { Engine } from './engine.ts'
import { listed } from './iteration.ts'
import { addFunctions, get, nativeClass } from './natives.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** `Map`, `Set` and their weak kin. */
export function collections(engine: Engine): Readonly<Record<string, Thing>> {
  const { map } = engine.prototypes
  const change = (self: Value, work: (entries: Map<Value, Value>) => void): Value => {
    if (self instanceof Thing && self.entries !== undefined) {
      if (engine.level > self.level) self.opaque = true
      else work(self.entries)
    }
    return self
  }
  const ask = (self: Value, key: Value, give: (entries: Map<Value, Value>) => Value): Value =>
    self instanceof Thing && self.entries !== undefined && !self.opaque && key !== UNKNOWN
      ? give(self.entries)
      : UNKNOWN
  addFunctions(engine, map, {
    get: (self, [key]) => ask(self, key, (entries) => entries.get(key)),
    has: (self, [key]) => ask(self, key, (entries) => entries.has(key)),
    set: (self, [key, value]) => change(self, (entries) => entries.set(key, value)),
    add: (self, [key]) => change(self, (entries) => entries.set(key, key)),
    delete: (self, [key]) => change(self, (entries) => entries.delete(key)),
    clear: (self) => change(self, (entries) => entries.clear()),
    keys: (self) => ask(self, undefined, (entries) => engine.array([...entries.keys()])),
    values: (self) => ask(self, undefined, (entries) => engine.array([...entries.values()])),
    entries: (self) => {
      const { items, isOpen } = listed(engine, self)
      const made = engine.array(items)
      made.opaque = isOpen
      return made
    },
    forEach(self, [work]) {
      if (!(self instanceof Thing) || self.entries === undefined) return UNKNOWN
      for (const [key, value] of [...self.entries]) callFunction(engine, work, undefined, [value, key, self])
      return undefined
    },
  })
  map.properties.set('size', {
    get: engine.native((self) => ask(self, undefined, (entries) => entries.size)),
    hidden: true,
  })
  const made = (isSet: boolean) => {
    const prototype = new Thing(map)
    return nativeClass(engine, prototype, (_, [of], newTarget) => {
      const self = newTarget === undefined ? new Thing(prototype, engine.level) : instance(engine, newTarget)
      self.entries = new Map()
      if (isSet) self.properties.set('%set', { value: true, hidden: true })
      if (of === undefined || of === null) return self
      const { items, isOpen } = listed(engine, of)
      self.opaque = isOpen
      for (const item of items)
        self.entries.set(isSet ? item : get(engine, item, '0'), isSet ? item : get(engine, item, '1'))
      return self
    })
  }
  return { Map: made(false), Set: made(true), WeakMap: made(false), WeakSet: made(true) }
}
