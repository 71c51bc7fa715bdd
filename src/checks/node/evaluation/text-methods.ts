import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { addFunctions, type Native } from './natives.ts'
import { isPrimitive, Thing, UNKNOWN, type Value } from './values.ts'

const PLAIN = [
  'includes',
  'startsWith',
  'endsWith',
  'slice',
  'substring',
  'substr',
  'trim',
  'trimStart',
  'trimEnd',
] as const
const MORE = ['toLowerCase', 'toUpperCase', 'indexOf', 'lastIndexOf', 'charAt', 'charCodeAt', 'codePointAt'] as const
const OTHERS = ['at', 'concat', 'padStart', 'padEnd', 'localeCompare', 'toString', 'valueOf', 'normalize'] as const
const LONGEST = 5000
/** What may take for ever on hostile texts: a repetition in a repetition. */
const SHORT = 20
const SLOW = /[+*}][^()[\]]*\)[+*{]|\((?:[^()]*[+*])+[^()]*\)[+*{]/

export function textPrototype(engine: Engine): Thing {
  const made = new Thing(engine.prototypes.object)
  const host =
    (name: string): Native =>
    (self, given) => {
      if (typeof self !== 'string' || !given.every(isPrimitive)) return UNKNOWN
      if (/^pad/.test(name) && Number(given[0]) > LONGEST) return UNKNOWN
      const method: unknown = Reflect.get(String.prototype, name)
      return typeof method === 'function' ? (method.apply(self, given) as Value) : UNKNOWN
    }
  addFunctions(engine, made, Object.fromEntries([...PLAIN, ...MORE, ...OTHERS].map((name) => [name, host(name)])))
  return addFunctions(engine, made, {
    split(self, [mark, most]) {
      const by = pattern(self, mark)
      if (typeof self !== 'string' || by === undefined) return UNKNOWN
      return engine.array(self.split(by as string, typeof most === 'number' ? most : undefined).slice(0, 10_000))
    },
    match: (self, [mark]) => matched(engine, self, mark),
    search(self, [mark]) {
      const by = pattern(self, mark)
      return typeof self === 'string' && by !== undefined ? self.search(by) : UNKNOWN
    },
    replace: (self, given) => replaced(engine, self, given, false),
    replaceAll: (self, given) => replaced(engine, self, given, true),
    repeat: (self, [count]) =>
      typeof self === 'string' && typeof count === 'number' && count >= 0 && self.length * count < LONGEST
        ? self.repeat(count)
        : UNKNOWN,
  })
}

export function addRegexMethods(engine: Engine): void {
  addFunctions(engine, engine.prototypes.regex, {
    test(self, [text]) {
      const by = self instanceof Thing ? pattern(text, self) : undefined
      return by instanceof RegExp && typeof text === 'string' ? by.test(text) : UNKNOWN
    },
    exec: (self, [text]) => matched(engine, text, self),
  })
}

/** A text or an expression that ends in time. */
function pattern(text: Value, mark: Value): string | RegExp | undefined {
  if (typeof mark === 'string') return mark
  if (!(mark instanceof Thing) || mark.regex === undefined || typeof text !== 'string' || text.length > LONGEST)
    return undefined
  if (SLOW.test(mark.regex.source) && text.length > SHORT) return undefined
  return new RegExp(
    mark.regex.source,
    mark.regex.flags.replace(/[gy]/g, (one) => (one === 'g' ? 'g' : '')),
  )
}

function matched(engine: Engine, text: Value, mark: Value): Value {
  const by = pattern(text, mark)
  if (typeof text !== 'string' || by === undefined) return UNKNOWN
  const found = text.match(by)
  if (found === null) return null
  const made = engine.array([...found])
  made.properties.set('index', { value: found.index, hidden: true })
  if (found.groups !== undefined) {
    const groups = engine.object()
    for (const [name, value] of Object.entries(found.groups)) groups.properties.set(name, { value })
    made.properties.set('groups', { value: groups, hidden: true })
  }
  return made
}

function replaced(engine: Engine, self: Value, [mark, by]: readonly Value[], all: boolean): Value {
  const found = pattern(self, mark)
  if (typeof self !== 'string' || found === undefined) return UNKNOWN
  if (typeof by === 'string') return all ? self.replaceAll(found as string, by) : self.replace(found, by)
  if (!(by instanceof Thing)) return UNKNOWN
  let isKnown = true
  const put = (...given: unknown[]): string => {
    const value = callFunction(engine, by, undefined, given.filter((one) => typeof one !== 'object') as Value[])
    if (!isPrimitive(value)) isKnown = false
    return String(isPrimitive(value) ? value : '')
  }
  const text = all ? self.replaceAll(found as string, put) : self.replace(found, put)
  return isKnown ? text : UNKNOWN
}
