import { addArrayMethods } from './array-methods.ts'
import { bufferClass, dataViewClass } from './buffers.ts'
import { callFunction } from './calls.ts'
import { collections } from './collections.ts'
import type { Engine } from './engine.ts'
import { errorClass } from './error-class.ts'
import { textOf } from './expressions.ts'
import { converter, hostFunction, hostNamespace, symbols } from './host-functions.ts'
import { listed } from './iteration.ts'
import { addFunctions, fillFrom, fromJson, namespace, nativeClass } from './natives.ts'
import { addObjectMethods, objectFunctions, reflectFunctions } from './object-functions.ts'
import { promiseClass } from './promise-class.ts'
import { addRegexMethods, textPrototype } from './text-methods.ts'
import { isPrimitive, Thing, truth, UNKNOWN, type Value } from './values.ts'

const ERRORS = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
]
const LONGEST_JSON = 100_000

/** What every script finds without loading anything. What is not here is not known. */
export function addGlobals(engine: Engine): void {
  const { globals, prototypes } = engine
  addObjectMethods(engine)
  addArrayMethods(engine)
  addRegexMethods(engine)
  for (const one of [
    prototypes.function,
    prototypes.array,
    prototypes.error,
    prototypes.promise,
    prototypes.map,
    prototypes.regex,
  ])
    one.proto = prototypes.object
  globals.set('%string', textPrototype(engine))
  const object = nativeClass(
    engine,
    prototypes.object,
    (_, [of]) => (of instanceof Thing ? of : of === undefined ? engine.object() : UNKNOWN),
    objectFunctions(engine),
  )
  globals.set('Object', object)
  globals.set('Reflect', addFunctions(engine, engine.object(), reflectFunctions(engine)))
  const array = nativeClass(
    engine,
    prototypes.array,
    (_, given) => (typeof given[0] === 'number' ? openList(engine) : engine.array([...given])),
    {
      isArray: (_, [of]) =>
        of instanceof Thing
          ? of.items !== undefined || (of.opaque ? UNKNOWN : false)
          : of === UNKNOWN
            ? UNKNOWN
            : false,
      of: (_, given) => engine.array([...given]),
      from(_, [of, map]) {
        const { items, isOpen } = listed(engine, of)
        const made = engine.array(
          map === undefined ? items : items.map((item, index) => callFunction(engine, map, undefined, [item, index])),
        )
        made.opaque = isOpen
        return made
      },
    },
  )
  globals.set('Array', array)
  globals.set(
    'Function',
    nativeClass(engine, prototypes.function, () => UNKNOWN),
  )
  globals.set(
    'RegExp',
    nativeClass(engine, prototypes.regex, (_, given) => regex(engine, given)),
  )
  globals.set('Promise', promiseClass(engine))
  for (const [name, made] of Object.entries(collections(engine))) globals.set(name, made)
  for (const name of ERRORS) globals.set(name, errorClass(engine, name))
  globals.set('JSON', namespace(engine, { parse: (_, [text]) => parsed(engine, text), stringify: () => UNKNOWN }))
  globals.set('Math', hostNamespace(engine, Math, ['max', 'min', 'floor', 'ceil', 'round', 'abs', 'pow', 'trunc']))
  globals.set(
    'String',
    converter(engine, String, (value) => textOf(value) ?? UNKNOWN, ''),
  )
  globals.set(
    'Number',
    converter(
      engine,
      Number,
      (value) => (isPrimitive(value) && typeof value !== 'symbol' ? Number(value) : UNKNOWN),
      0,
    ),
  )
  const number = globals.get('Number')
  if (number instanceof Thing)
    for (const name of ['isInteger', 'isSafeInteger', 'isFinite', 'isNaN', 'parseInt', 'parseFloat'] as const)
      number.properties.set(name, { value: hostFunction(engine, Number[name] as never), hidden: true })
  globals.set(
    'Boolean',
    converter(engine, Boolean, (value) => truth(value) ?? UNKNOWN, false),
  )
  for (const name of ['parseInt', 'parseFloat', 'isNaN'] as const)
    globals.set(name, hostFunction(engine, globalThis[name] as never))
  globals.set('Buffer', bufferClass(engine))
  globals.set('DataView', dataViewClass(engine))
  globals.set('Symbol', symbols(engine))
  for (const name of ['NaN', 'Infinity'] as const) globals.set(name, globalThis[name])
  globals.set(
    'console',
    fillFrom(
      namespace(engine, {
        log: () => undefined,
        warn: () => undefined,
        error: () => undefined,
        info: () => undefined,
        debug: () => undefined,
      }),
      console,
    ),
  )
  for (const name of ['setTimeout', 'setImmediate', 'setInterval', 'queueMicrotask'])
    globals.set(
      name,
      engine.native(() => UNKNOWN),
    )
  const hosts = [
    [prototypes.object, Object.prototype],
    [prototypes.function, Function.prototype],
    [prototypes.array, Array.prototype],
    [prototypes.error, Error.prototype],
    [prototypes.promise, Promise.prototype],
    [prototypes.map, Map.prototype],
    [prototypes.map, Set.prototype],
    [prototypes.regex, RegExp.prototype],
  ] as const
  for (const [known, host] of hosts) fillFrom(known, host)
  const global = new Thing(prototypes.object)
  for (const [name, value] of globals) if (!name.startsWith('%')) global.properties.set(name, { value, hidden: true })
  fillFrom(global, globalThis)
  for (const name of ['globalThis', 'global']) globals.set(name, global)
}

function openList(engine: Engine): Thing {
  const made = engine.array([])
  made.opaque = true
  return made
}

function regex(engine: Engine, [source, flags]: readonly Value[]): Value {
  if (source instanceof Thing && source.regex !== undefined) return source
  const made = new Thing(engine.prototypes.regex, engine.level)
  try {
    if (typeof source === 'string') made.regex = new RegExp(source, typeof flags === 'string' ? flags : '')
  } catch {
    throw engine.soft('SyntaxError', 'Invalid regular expression')
  }
  return made
}

function parsed(engine: Engine, text: Value): Value {
  if (text instanceof Thing) return text.properties.get('%json')?.value ?? UNKNOWN
  if (typeof text !== 'string' || text.length > LONGEST_JSON) return UNKNOWN
  try {
    return fromJson(engine, JSON.parse(text))
  } catch {
    throw engine.soft('SyntaxError', 'it is no JSON')
  }
}
