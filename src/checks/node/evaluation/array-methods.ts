import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { textOf } from './expressions.ts'
import { listed } from './iteration.ts'
import { addFunctions, type Native } from './natives.ts'
import { Thing, truth, UNKNOWN, type Value } from './values.ts'

const MOST_SORTED = 300

/** What lists of scripts can do; of one that may hold more than is known little can be told. */
export function addArrayMethods(engine: Engine): void {
  const over =
    (
      work: (items: Value[], call: (index: number, ...before: Value[]) => Value, given: readonly Value[]) => Value,
      stops?: boolean,
    ): Native =>
    (self, given) => {
      if (!(self instanceof Thing) || self.items === undefined) return UNKNOWN
      const { items } = self
      const call = (index: number, ...before: Value[]): Value => {
        engine.steps++
        return callFunction(engine, given[0], given[1], [...before, items[index], index, self])
      }
      if (!self.opaque) return work(items, call, given)
      // What is known of it comes for certain, and something else may come too.
      const value = work(items, call, given)
      engine.maybe(() => callFunction(engine, given[0], given[1], [UNKNOWN, UNKNOWN, self]))
      if (!(value instanceof Thing) || value.items === undefined)
        return value === true || value === false ? decided(value) : UNKNOWN
      value.opaque = true
      return value

      // What is so for some is so, what is so for all of those known may not be.
      function decided(all: boolean): Value {
        return all === stops ? all : UNKNOWN
      }
    }
  const list = (items: Value[]): Value => engine.array(items)
  const search = (give: (item: Value, index: number) => Value, none: Value): Native =>
    over(
      (items, call) => {
        for (const [index, item] of [...items].entries()) {
          const holds = truth(call(index))
          if (holds === undefined) return UNKNOWN
          if (holds) return give(item, index)
        }
        return none
      },
      none === false ? true : undefined,
    )
  addFunctions(engine, engine.prototypes.array, {
    forEach: over((items, call) => {
      for (let index = 0; index < items.length; index++) call(index)
      return undefined
    }),
    map: over((items, call) => list(items.map((_, index) => call(index)))),
    flatMap: over((items, call) => list(items.flatMap((_, index) => inner(engine, call(index))))),
    filter: over((items, call) => {
      let isOpen = false
      const kept = items.filter((_, index) => {
        const holds = truth(call(index))
        isOpen ||= holds === undefined
        return holds !== false
      })
      const made = engine.array(kept)
      made.opaque = isOpen
      return made
    }),
    find: search((item) => item, undefined),
    findIndex: search((_, index) => index, -1),
    some: search(() => true, false),
    every: over((items, call) => {
      for (let index = 0; index < items.length; index++) {
        const holds = truth(call(index))
        if (holds !== true) return holds === undefined ? UNKNOWN : false
      }
      return true
    }, false),
    reduce: over((items, call, given) => {
      const start = given.length > 1 ? 0 : 1
      let value = given.length > 1 ? given[1] : items[0]
      for (let index = start; index < items.length; index++) value = call(index, value)
      return value
    }),
    includes: over(
      (items, _, [wanted]) => (known([...items, wanted]) === true ? items.includes(wanted) : UNKNOWN),
      true,
    ),
    indexOf: over((items, _, [wanted]) => (known([...items, wanted]) === true ? items.indexOf(wanted) : UNKNOWN)),
    lastIndexOf: over((items, _, [wanted]) =>
      known([...items, wanted]) === true ? items.lastIndexOf(wanted) : UNKNOWN,
    ),
    join: over((items, _, [mark = ',']) => {
      const parts = items.map((item) => (item === undefined || item === null ? '' : textOf(item)))
      return parts.some((part) => part === undefined) || typeof mark !== 'string' ? UNKNOWN : parts.join(mark)
    }),
    slice: over((items, _, [from, to]) =>
      known([from, to]) === true ? list(items.slice(from as number, to as number)) : UNKNOWN,
    ),
    concat: over((items, _, given) => list([...items, ...given.flatMap((one) => inner(engine, one))])),
    flat: over((items) => list(items.flatMap((one) => inner(engine, one)))),
    at: over((items, _, [index]) => (typeof index === 'number' ? items.at(index) : UNKNOWN)),
    keys: over((items) => list(items.map((_, index) => index))),
    values: over((items) => list([...items])),
    entries: over((items) => list(items.map((item, index) => list([index, item])))),
    push: changing((items, given) => items.push(...given)),
    unshift: changing((items, given) => items.unshift(...given)),
    pop: changing((items) => items.pop()),
    shift: changing((items) => items.shift()),
    reverse: changing((items, _, self) => (self.items === items.reverse() ? self : UNKNOWN)),
    splice: changing((items, given) =>
      known(given) === true
        ? list(items.splice(given[0] as number, (given[1] ?? items.length) as number, ...given.slice(2)))
        : UNKNOWN,
    ),
    fill: changing((items, [value], self) => (self.items === items.fill(value) ? self : UNKNOWN)),
    sort: changing((items, [compare], self) => {
      if (items.length > MOST_SORTED) return self
      items.sort((a, b) => {
        if (compare === undefined) return String(textOf(a)) < String(textOf(b)) ? -1 : 1
        const order = callFunction(engine, compare, undefined, [a, b])
        return typeof order === 'number' ? order : 0
      })
      return self
    }),
  })

  function changing(work: (items: Value[], given: readonly Value[], self: Thing) => Value): Native {
    return (self, given) => {
      if (!(self instanceof Thing) || self.items === undefined) return UNKNOWN
      if (engine.level > self.level) {
        self.opaque = true
        return UNKNOWN
      }
      if (self.items.length > 100_000) return UNKNOWN
      const value = work(self.items, given, self)
      return self.opaque && value !== self ? UNKNOWN : value
    }
  }
}

function known(values: readonly Value[]): boolean | typeof UNKNOWN {
  return values.includes(UNKNOWN) ? UNKNOWN : true
}

function inner(engine: Engine, value: Value): Value[] {
  return value instanceof Thing && value.items !== undefined ? listed(engine, value).items : [value]
}
