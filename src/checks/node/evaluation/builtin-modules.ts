import { builtinModules } from 'node:module'
import type { Engine } from './engine.ts'
import { fsModule, pathModule } from './file-modules.ts'
import { fillFrom, get, namespace } from './natives.ts'
import { childProcessModule, osModule } from './process-modules.ts'
import type { ScriptHost } from './script-host.ts'
import { urlModule } from './url-module.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'
import { workerModule } from './worker-module.ts'

// Loading them says that they are experimental.
const EXPERIMENTAL = new Set(['wasi', 'sqlite', 'test', 'test/reporters', 'sea', 'trace_events'])

/** What this module has in the Node.js that the checks run in: its names are those of the runtime's but for a few. */
function ofNode(name: string): unknown {
  return EXPERIMENTAL.has(name) ? undefined : process.getBuiltinModule(name)
}

/** A module of Node.js: what it has is known by name, and of some parts what they answer. */
export function builtinModule(engine: Engine, host: ScriptHost, name: string): Value {
  const known = knownModule(engine, host, name)
  const own = known instanceof Thing ? ofNode(name) : undefined
  if (!(known instanceof Thing) || own === null || (typeof own !== 'object' && typeof own !== 'function')) return known
  for (const [key, { hidden, ...property }] of fillFrom(known, own).properties) known.properties.set(key, property)
  return known
}

/** Modules by which packages find their native code. */
function knownModule(engine: Engine, host: ScriptHost, name: string): Value {
  switch (name) {
    case 'fs':
      return fsModule(engine, host)
    case 'fs/promises':
      return get(engine, host.builtin('fs'), 'promises')
    case 'path':
    case 'path/posix':
      return pathModule(engine, host)
    case 'url':
      return urlModule(engine)
    case 'os':
      return osModule(engine, host)
    case 'child_process':
      return childProcessModule(engine, host)
    case 'module':
      return moduleModule(engine, host)
    case 'worker_threads':
      return workerModule(engine, host)
    case 'util':
      return namespace(engine, {
        inherits(_, [child, parent]) {
          const [own, its] = [child, parent].map((one) =>
            one instanceof Thing ? one.properties.get('prototype')?.value : undefined,
          )
          if (own instanceof Thing) own.proto = its instanceof Thing ? its : UNKNOWN
          return undefined
        },
        deprecate: (_, [work]) => work,
      })
    default: {
      const own = ofNode(name)
      if (own === undefined) return UNKNOWN
      return typeof own === 'function' ? engine.native(() => UNKNOWN) : namespace(engine, {})
    }
  }
}

function moduleModule(engine: Engine, host: ScriptHost): Thing {
  const made = engine.native(() => UNKNOWN)
  made.opaque = true
  const functions = namespace(engine, {
    createRequire(_, [from]) {
      const text = from instanceof Thing ? from.text : from
      return typeof text === 'string' ? host.requireOf(text.replace(/^file:\/\//, '')) : UNKNOWN
    },
    isBuiltin: (_, [name]) =>
      typeof name === 'string' ? builtinModules.includes(name.replace(/^node:/, '')) : UNKNOWN,
  })
  for (const [name, property] of functions.properties) made.properties.set(name, property)
  made.properties.set('builtinModules', { value: engine.array([...builtinModules]) })
  made.properties.set('Module', { value: made })
  return made
}
